using System.IO.Compression;
using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Versions;

/// <summary>What is live of an environment: read from the store, and kept with each version.</summary>
internal static class EnvironmentContents
{
    public static async ValueTask<EnvironmentContent> ReadAsync(IStoreReader reader, Guid environmentId) => new()
    {
        Audiences = await reader.GetAudiencesAsync(environmentId),
        Experiments = await reader.GetExperimentsAsync(environmentId, ExperimentStatus.Running),
        Flags = [.. (await reader.GetFlagsAsync(environmentId)).Where(static flag => !flag.IsArchived)],
        Layers = await reader.GetLayersAsync(environmentId),
        Holdouts = await reader.GetHoldoutsAsync(environmentId),
    };

    /// <summary>For <see cref="IStoreWriter.KeepVersionContentAsync"/>.</summary>
    public static ReadOnlyMemory<byte> Pack(EnvironmentContent content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(gzip, content, StoredJsonContext.Default.EnvironmentContent);
        }

        return packed.ToArray();
    }

    public static EnvironmentContent Unpack(ReadOnlyMemory<byte> packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(gzip, StoredJsonContext.Default.EnvironmentContent)!;
    }
}
