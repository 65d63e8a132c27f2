using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Adds to definitions what they name; each environment and audience is read once.</summary>
internal sealed class Views(IStoreReader reader)
{
    private readonly Dictionary<Guid, EnvironmentDefinition> _environments = [];
    private readonly Dictionary<Guid, AudienceDefinition?> _audiences = [];

    public async ValueTask<AudienceView> OfAsync(AudienceDefinition audience) =>
        new(audience, await EnvironmentAsync(audience.EnvironmentId));

    public async ValueTask<ExperimentView> OfAsync(ExperimentDefinition experiment) => new(
        experiment,
        await EnvironmentAsync(experiment.EnvironmentId),
        experiment.AudienceId is { } audienceId ? await AudienceAsync(audienceId) : null);

    public async ValueTask<FlagView> OfAsync(FlagDefinition flag) => new(flag, await EnvironmentAsync(flag.EnvironmentId));

    public ValueTask<StorePage<AudienceView>> OfAsync(StorePage<AudienceDefinition> page) => OfAsync(page, OfAsync);

    public ValueTask<StorePage<ExperimentView>> OfAsync(StorePage<ExperimentDefinition> page) => OfAsync(page, OfAsync);

    public ValueTask<StorePage<FlagView>> OfAsync(StorePage<FlagDefinition> page) => OfAsync(page, OfAsync);

    private static async ValueTask<StorePage<TView>> OfAsync<T, TView>(StorePage<T> page, Func<T, ValueTask<TView>> viewOf)
    {
        List<TView> views = new(page.Items.Count);
        foreach (T item in page.Items)
        {
            views.Add(await viewOf(item));
        }

        return new StorePage<TView>(views, page.Total);
    }

    private async ValueTask<EnvironmentDefinition> EnvironmentAsync(Guid id)
    {
        if (!_environments.TryGetValue(id, out EnvironmentDefinition? environment))
        {
            environment = await reader.FindEnvironmentAsync(id)
                ?? throw new InvalidDataException($"Environment {id} is named by a definition but is not in the store.");
            _environments.Add(id, environment);
        }

        return environment;
    }

    private async ValueTask<AudienceDefinition?> AudienceAsync(Guid id)
    {
        if (!_audiences.TryGetValue(id, out AudienceDefinition? audience))
        {
            audience = await reader.FindAsync<AudienceDefinition>(id);
            _audiences.Add(id, audience);
        }

        return audience;
    }
}
