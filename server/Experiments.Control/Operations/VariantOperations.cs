using System.Runtime.InteropServices;
using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>What can be done to the variants of an experiment. Every change is a batch, of one or of many.</summary>
internal sealed class VariantOperations(IDefinitionStore store, TimeProvider time)
{
    public const int MaxPayloadBytes = 64 * 1024;
    public const int MaxVariants = 1000;

    /// <summary>Of one experiment together. An experiment is one document, and the embedded store takes 16 MB for one.</summary>
    public const int MaxTotalPayloadBytes = 4 * 1024 * 1024;

    public Task<Result<Mutation<ExperimentView>>> ApplyAsync(Guid experimentId, VariantBatch batch) =>
        store.MutateAsync(experimentId, time, async (reader, experiment) =>
        {
            Result<ExperimentDefinition> applied = Apply(experiment, batch);
            return applied.IsSuccess && await ServedVariants.FindFaultAsync(reader, applied.Value) is { } fault ? fault : applied;
        });

    /// <summary>Answers the variant as it was.</summary>
    public async Task<Result<Mutation<VariantDefinition>>> DeleteAsync(Guid experimentId, Guid variantId)
    {
        // Filled by the transaction that deletes it: what was read before could have been changed since.
        VariantDefinition? deleted = null;
        Result<Mutation<ExperimentView>> result = await store.MutateAsync(experimentId, time, (_, experiment) =>
        {
            deleted = experiment.Variants.FirstOrDefault(variant => variant.Id == variantId);
            return ValueTask.FromResult(Apply(experiment, new VariantBatch { Delete = [new VariantReference(variantId)] }));
        });
        return result.IsSuccess ? new Mutation<VariantDefinition>(deleted!, result.Value.Publish) : result.Error;
    }

    public static Result<ExperimentDefinition> Apply(ExperimentDefinition experiment, VariantBatch batch)
    {
        List<VariantDefinition> variants = [.. experiment.Variants];
        DomainError? error = CheckIds(experiment, batch) ?? Delete(experiment, variants, batch.Delete) ?? Update(variants, batch.Update)
            ?? Create(variants, batch.Create) ?? CheckTotal(variants);
        return error is null ? experiment with { Variants = variants } : error;
    }

    private static DomainError? CheckIds(ExperimentDefinition experiment, VariantBatch batch)
    {
        HashSet<Guid> seen = [];
        foreach (Guid id in batch.Delete.Select(static variant => variant.Id).Concat(batch.Update.Select(static update => update.Id)))
        {
            if (experiment.Variants.All(variant => variant.Id != id))
            {
                return Errors.NotFound($"variant of experiment \"{experiment.Key}\"", id);
            }

            if (!seen.Add(id))
            {
                return new DomainError(DomainErrorCode.InvalidInput, $"Variant {id} is named twice in one request.");
            }
        }

        return null;
    }

    private static DomainError? Delete(ExperimentDefinition experiment, List<VariantDefinition> variants, IReadOnlyList<VariantReference> deleted)
    {
        foreach (Guid id in deleted.Select(static variant => variant.Id))
        {
            VariantDefinition variant = variants.Single(candidate => candidate.Id == id);
            if (experiment.Allocations.Any(allocation => allocation.VariantId == id))
            {
                return new DomainError(
                    DomainErrorCode.NotAllowed,
                    $"Variant \"{variant.Key}\" has buckets; PUT /experiments/{experiment.Id}/allocations without it first.");
            }

            if (experiment.Split?.Weights.Any(weight => weight.VariantId == id) ?? false)
            {
                return new DomainError(
                    DomainErrorCode.NotAllowed,
                    $"Variant \"{variant.Key}\" has a weight; PUT /experiments/{experiment.Id}/split without it first.");
            }

            if (experiment.Overrides.FirstOrDefault(one => one.VariantId == id) is { } given)
            {
                return new DomainError(
                    DomainErrorCode.NotAllowed,
                    $"Variant \"{variant.Key}\" is what an override gives user \"{given.UserKey}\"; PATCH the overrides of the experiment first.");
            }

            variants.Remove(variant);
        }

        return null;
    }

    private static DomainError? Update(List<VariantDefinition> variants, IReadOnlyList<VariantUpdate> updates)
    {
        foreach (VariantUpdate change in updates)
        {
            int index = variants.FindIndex(variant => variant.Id == change.Id);
            VariantDefinition changed = variants[index] with
            {
                Name = change.Name.Or(variants[index].Name)!,
                Payload = change.Payload.Or(variants[index].Payload),
            };
            if (Check(changed) is { } error)
            {
                return error;
            }

            variants[index] = changed;
        }

        return null;
    }

    private static DomainError? Create(List<VariantDefinition> variants, IReadOnlyList<VariantInput> inputs)
    {
        foreach (VariantInput input in inputs)
        {
            var variant = new VariantDefinition { Id = Guid.NewGuid(), Key = input.Key, Name = input.Name, Payload = input.Payload };
            if (Check(variant) is { } error)
            {
                return error;
            }

            if (variants.Any(existing => existing.Key == input.Key))
            {
                return new DomainError(DomainErrorCode.Conflict, $"A variant with key \"{input.Key}\" already exists in the experiment.");
            }

            if (variants.Count == MaxVariants)
            {
                return new DomainError(DomainErrorCode.NotAllowed, $"An experiment has at most {MaxVariants} variants.");
            }

            variants.Add(variant);
        }

        return null;
    }

    private static DomainError? CheckTotal(List<VariantDefinition> variants)
    {
        long bytes = variants.Sum(static variant => (long)BytesOf(variant.Payload));
        return bytes <= MaxTotalPayloadBytes
            ? null
            : new DomainError(
                DomainErrorCode.TooLarge,
                $"The payloads of the experiment's variants would be {bytes} bytes of JSON together; at most {MaxTotalPayloadBytes} are allowed.");
    }

    private static int BytesOf(JsonElement? payload) => payload is { } json ? JsonMarshal.GetRawUtf8Value(json).Length : 0;

    private static DomainError? Check(VariantDefinition variant)
    {
        if (DefinitionNames.CheckKey(variant.Key) is { } keyFault)
        {
            return Errors.Invalid("key", keyFault);
        }

        if (DefinitionNames.CheckName(variant.Name) is { } nameFault)
        {
            return Errors.Invalid("name", nameFault);
        }

        if (variant.Payload is not { } payload)
        {
            return null;
        }

        int bytes = BytesOf(payload);
        return payload.ValueKind != JsonValueKind.Object
            ? Errors.Invalid("payload", "must be a JSON object or null")
            : bytes > MaxPayloadBytes
                ? new DomainError(DomainErrorCode.TooLarge, $"payload is {bytes} bytes of JSON; at most {MaxPayloadBytes} are allowed.")
                : null;
    }
}
