using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Control.Definitions;

namespace Experiments.Control.Compilation;

/// <summary>Definitions to the snapshot that readers load.</summary>
internal static class SnapshotCompilation
{
    // Snapshots are files of their own, never part of an HTML page: text stays readable.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="environment">Whose snapshot it is.</param>
    /// <param name="experiments">The running ones, in creation order.</param>
    /// <param name="audiences">Every audience that they name.</param>
    /// <param name="version">The claimed version.</param>
    /// <param name="publishedAt">For people.</param>
    public static SnapshotDocument Compile(
        EnvironmentDefinition environment,
        IReadOnlyList<ExperimentDefinition> experiments,
        IReadOnlyDictionary<Guid, AudienceDefinition> audiences,
        long version,
        DateTimeOffset publishedAt) => new()
    {
        Version = version,
        Environment = environment.Name,
        PublishedAt = UtcTime.Write(publishedAt),
        Experiments = [.. experiments.Select(experiment => Compile(experiment, audiences))],
    };

    public static ReadOnlyMemory<byte> Write(SnapshotDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        JsonSerializer.Serialize(writer, document, SnapshotJsonContext.Default.SnapshotDocument);
        return buffer.WrittenMemory;
    }

    private static ExperimentDocument Compile(ExperimentDefinition experiment, IReadOnlyDictionary<Guid, AudienceDefinition> audiences) => new()
    {
        Id = experiment.Id.ToString(),
        Key = experiment.Key,
        Salt = experiment.Salt,

        // An audience that is not there would open the experiment to everyone: fail instead.
        AudienceRules = experiment.AudienceId is { } audienceId ? audiences[audienceId].Rules : [],
        TargetingRules = experiment.TargetingRules,
        Variants = [.. experiment.Variants.Select(static variant => new VariantDocument
        {
            Id = variant.Id.ToString(),
            Key = variant.Key,
            Payload = variant.Payload.GetValueOrDefault(),
        })],
        Allocations = [.. experiment.Allocations.Select(static allocation => new AllocationDocument
        {
            VariantId = allocation.VariantId.ToString(),
            RangeStart = allocation.RangeStart,
            RangeEnd = allocation.RangeEnd,
        })],
    };
}
