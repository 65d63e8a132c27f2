using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;
using Experiments.Control.Definitions;

namespace Experiments.Control.Compilation;

/// <summary>
/// Definitions to the snapshot that readers load. It is of format 1 as long as that says everything, so that readers which know no other
/// decide it too; of format 2 it holds what format 1 can say in the same form.
/// </summary>
internal static class SnapshotCompilation
{
    private const int Format2 = 2;

    // Snapshots are files of their own, never part of an HTML page: text stays readable.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = SnapshotJsonContext.MaxDepth,
    };

    /// <param name="environment">Whose snapshot it is.</param>
    /// <param name="content">What is live.</param>
    /// <param name="version">The claimed version.</param>
    /// <param name="publishedAt">For people.</param>
    /// <exception cref="InvalidDataException">Something is named that is not there.</exception>
    public static ReadOnlyMemory<byte> Compile(
        EnvironmentDefinition environment, EnvironmentContent content, long version, DateTimeOffset publishedAt)
    {
        var lookup = new ContentLookup(content);
        var hashes = new CompiledHashes();
        var compiler = new FlagCompiler(content, lookup, hashes);
        Dictionary<Guid, string> flagsOfExperiments = FlagsOfExperiments(content);
        List<ExperimentDocument> experiments = new(content.Experiments.Count);

        // Each is written as soon as it is compiled, and can be forgotten: hashes and audiences, which come first, are known last.
        var flagBuffer = new ArrayBufferWriter<byte>();
        using var flags = new Utf8JsonWriter(flagBuffer, WriterOptions);
        bool hasFlags = false;
        void Add(CompiledFlag flag)
        {
            flag.Write(flags);
            hasFlags = true;
        }

        flags.WriteStartArray();
        foreach (ExperimentDefinition experiment in content.Experiments)
        {
            string? flagKey = flagsOfExperiments.GetValueOrDefault(experiment.Id);
            if (flagKey is null && (!IsOfFormat1(experiment) || compiler.IsHeldOut(experiment)))
            {
                flagKey = experiment.Key;
                Add(compiler.Compile(experiment));
            }

            experiments.Add(Compile(experiment, lookup, flagKey));
        }

        foreach (FlagDefinition flag in content.Flags.Where(static flag => !flag.IsArchived))
        {
            Add(compiler.Compile(flag));
        }

        flags.WriteEndArray();
        flags.Flush();
        var document = new SnapshotDocument
        {
            Version = version,
            Environment = environment.Name,
            PublishedAt = UtcTime.Write(publishedAt),
            Experiments = [.. experiments],
        };
        bool isFormat1 = !hasFlags && experiments.All(static experiment => AreOfFormat1(experiment.TargetingRules) && AreOfFormat1(experiment.AudienceRules));
        return Write(document, isFormat1 ? null : writer => WriteFlags(writer, content, hashes, flagBuffer.WrittenMemory));
    }

    private static ReadOnlyMemory<byte> Write(SnapshotDocument document, Action<Utf8JsonWriter>? writeMore)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        if (writeMore is null)
        {
            JsonSerializer.Serialize(writer, document, SnapshotJsonContext.Default.SnapshotDocument);
            return buffer.WrittenMemory;
        }

        writer.WriteStartObject();
        writer.WriteNumber("version", document.Version);
        writer.WriteString("environment", document.Environment);
        writer.WriteString("publishedAt", document.PublishedAt);
        writer.WriteStartArray("experiments");
        foreach (ExperimentDocument experiment in document.Experiments)
        {
            JsonSerializer.Serialize(writer, experiment, SnapshotJsonContext.Default.ExperimentDocument);
        }

        writer.WriteEndArray();
        writer.WriteNumber("format", Format2);
        writeMore(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteFlags(Utf8JsonWriter writer, EnvironmentContent content, CompiledHashes hashes, ReadOnlyMemory<byte> flags)
    {
        hashes.Write(writer);
        writer.WriteStartObject("audiences");
        foreach (AudienceDefinition audience in content.Audiences)
        {
            writer.WriteStartObject(audience.Name);
            writer.WritePropertyName("if");
            Condition.Of(audience.Rules).Write(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WritePropertyName("flags");
        writer.WriteRawValue(flags.Span, skipInputValidation: true);
    }

    /// <summary>Keys of the flags whose rules serve an experiment.</summary>
    private static Dictionary<Guid, string> FlagsOfExperiments(EnvironmentContent content)
    {
        Dictionary<Guid, string> flags = [];
        foreach (FlagDefinition flag in content.Flags.Where(static flag => !flag.IsArchived))
        {
            foreach (Guid experimentId in flag.Rules.Select(static rule => rule.ExperimentId).OfType<Guid>())
            {
                flags.TryAdd(experimentId, flag.Key);
            }
        }

        return flags;
    }

    private static bool IsOfFormat1(ExperimentDefinition experiment) =>
        experiment.Unit is null
        && experiment.Schedule is null
        && experiment.Prerequisites.Count == 0
        && experiment.Overrides.Count == 0
        && experiment.Split is null or { LayerId: null, Ramp.Count: 0 };

    private static bool AreOfFormat1(TargetingRuleDocument[] rules) => rules.All(static rule =>
        rule.Conditions.All(static condition => OperatorNames.IsFormat1(OperatorNames.Parse(condition.Operator))));

    private static ExperimentDocument Compile(ExperimentDefinition experiment, ContentLookup lookup, string? flagKey) => new()
    {
        Id = experiment.Id.ToString(),
        Key = experiment.Key,
        Salt = experiment.Salt,
        Flag = flagKey,

        // An audience that is not there would open the experiment to everyone: fail instead.
        AudienceRules = flagKey is null && lookup.Audience(experiment.AudienceId) is { } audience ? audience.Rules : [],
        TargetingRules = flagKey is null ? experiment.TargetingRules : [],
        Variants = [.. experiment.Variants.Select(static variant => new VariantDocument
        {
            Id = variant.Id.ToString(),
            Key = variant.Key,
            Payload = variant.Payload.GetValueOrDefault(),
        })],
        Allocations = flagKey is not null ? [] : [.. experiment.Allocations.Select(static allocation => new AllocationDocument
        {
            VariantId = allocation.VariantId.ToString(),
            RangeStart = allocation.RangeStart,
            RangeEnd = allocation.RangeEnd,
        })],
    };
}
