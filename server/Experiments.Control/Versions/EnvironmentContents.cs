using System.IO.Compression;
using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Versions;

/// <summary>What is live of an environment: read from the store, and kept with each version.</summary>
internal static class EnvironmentContents
{
    /// <summary>What a snapshot would be compiled from now.</summary>
    public static async ValueTask<EnvironmentContent> ReadAsync(IStoreReader reader, Guid environmentId)
    {
        ExperimentDefinition[] experiments = [.. (await reader.GetAllAsync<ExperimentDefinition>(environmentId))
            .Where(static experiment => experiment.Status == ExperimentStatus.Running)];
        FlagDefinition[] flags = [.. (await reader.GetAllAsync<FlagDefinition>(environmentId)).Where(static flag => !flag.IsArchived)];
        HashSet<Guid> owners =
            [.. experiments.Select(static experiment => experiment.Id), .. flags.SelectMany(static flag => flag.Rules).Select(static rule => rule.Id)];
        HashSet<Guid?> named =
        [
            .. experiments.Select(static experiment => experiment.Split?.LayerId),
            .. flags.SelectMany(static flag => flag.Rules).Select(static rule => rule.Split?.Weights.LayerId),
        ];
        return new EnvironmentContent
        {
            Audiences = await reader.GetAllAsync<AudienceDefinition>(environmentId),
            Experiments = experiments,
            Flags = flags,
            Layers = [.. (await reader.GetAllAsync<LayerDefinition>(environmentId)).Select(layer => HeldBy(layer, owners))
                .Where(layer => layer.Claims.Count > 0 || named.Contains(layer.Id))],
            Holdouts = [.. (await reader.GetAllAsync<HoldoutDefinition>(environmentId)).Where(static holdout => holdout.Share > 0)],
        };
    }

    /// <summary>What experiments that are not running hold of a layer is not live.</summary>
    private static LayerDefinition HeldBy(LayerDefinition layer, HashSet<Guid> owners) =>
        layer with { Claims = [.. layer.Claims.Where(claim => owners.Contains(claim.OwnerId))] };

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
