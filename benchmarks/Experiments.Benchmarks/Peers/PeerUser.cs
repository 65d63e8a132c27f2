using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.Benchmarks.Peers;

/// <summary>The context of Microsoft.FeatureManagement, with the two attributes that the conditions look at.</summary>
internal sealed class PeerUser(string userId, string country, string plan) : ITargetingContext
{
    public string UserId { get; set; } = userId;

    public IEnumerable<string> Groups { get; set; } = [];

    public string Country { get; } = country;

    public string Plan { get; } = plan;
}
