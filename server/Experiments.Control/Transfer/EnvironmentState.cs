using System.Security.Cryptography;
using System.Text;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Transfer;

/// <summary>All definitions of an environment at one moment, drafts and archived ones too; lists are in insertion order.</summary>
internal sealed record EnvironmentState
{
    private const int TagBytes = 16;

    public required EnvironmentDefinition Environment { get; init; }

    public required IReadOnlyList<AudienceDefinition> Audiences { get; init; }

    public required IReadOnlyList<LayerDefinition> Layers { get; init; }

    public required IReadOnlyList<HoldoutDefinition> Holdouts { get; init; }

    public required IReadOnlyList<ExperimentDefinition> Experiments { get; init; }

    public required IReadOnlyList<FlagDefinition> Flags { get; init; }

    /// <summary>In quotes; another after every change of anything in the environment.</summary>
    public string ETag
    {
        get
        {
            IEnumerable<IDefinition> all = [.. Audiences, .. Layers, .. Holdouts, .. Experiments, .. Flags];
            var text = new StringBuilder().Append(Environment.Id).Append(' ').Append(Environment.Revision);
            foreach (IDefinition definition in all)
            {
                text.Append('\n').Append(definition.Id).Append(' ').Append(definition.Revision);
            }

            return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())).AsSpan(0, TagBytes))}\"";
        }
    }

    public EnvironmentContent Content => new()
    {
        Audiences = Audiences,
        Experiments = Experiments,
        Flags = Flags,
        Layers = Layers,
        Holdouts = Holdouts,
    };

    /// <summary>Null where there is no such environment.</summary>
    public static async ValueTask<EnvironmentState?> ReadAsync(IStoreReader reader, Guid environmentId)
    {
        if (await reader.FindEnvironmentAsync(environmentId) is not { } environment)
        {
            return null;
        }

        return new EnvironmentState
        {
            Environment = environment,
            Audiences = await reader.GetAllAsync<AudienceDefinition>(environmentId),
            Layers = await reader.GetAllAsync<LayerDefinition>(environmentId),
            Holdouts = await reader.GetAllAsync<HoldoutDefinition>(environmentId),
            Experiments = await reader.GetAllAsync<ExperimentDefinition>(environmentId),
            Flags = await reader.GetAllAsync<FlagDefinition>(environmentId),
        };
    }
}
