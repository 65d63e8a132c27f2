using Microsoft.Extensions.Configuration;
using Microsoft.FeatureManagement;

namespace Experiments.Benchmarks.Peers;

/// <summary>A condition on the user's country.</summary>
[FilterAlias("Country")]
internal sealed class CountryFilter : IContextualFeatureFilter<PeerUser>, IFilterParametersBinder
{
    public object BindParameters(IConfiguration parameters) => parameters.Get<AttributeSettings>() ?? new AttributeSettings();

    public Task<bool> EvaluateAsync(FeatureFilterEvaluationContext featureFilterContext, PeerUser appContext)
    {
        var settings = (AttributeSettings)featureFilterContext.Settings;
        return Task.FromResult(Array.IndexOf(settings.Allowed, appContext.Country) >= 0);
    }
}
