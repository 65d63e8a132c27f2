using System.Text;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;

namespace Experiments.Benchmarks.Peers;

/// <summary>
/// Microsoft.FeatureManagement deciding one of so many flags for one user. As variant: two conditions and a split by percentile, which
/// is the work of <see cref="DecideOne"/>. As targeting: its own targeting filter with a default rollout of half of the users.
/// </summary>
internal sealed class FeatureManagementWork : Work, IDisposable
{
    private readonly ServiceProvider _services;
    private readonly IVariantFeatureManager _manager;
    private readonly PeerUser[] _users;
    private readonly bool _isTargeting;

    public FeatureManagementWork(int flags, bool isTargeting = false)
    {
        _isTargeting = isTargeting;
        IConfiguration configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Configuration(flags, isTargeting)))).Build();
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddFeatureManagement(configuration).AddFeatureFilter<CountryFilter>().AddFeatureFilter<PlanFilter>()
            .AddFeatureFilter<Microsoft.FeatureManagement.FeatureFilters.ContextualTargetingFilter>();
        _services = services.BuildServiceProvider();
        _manager = _services.GetRequiredService<IVariantFeatureManager>();
        _users = [.. Workload.UserKeys.Select(static user => new PeerUser(user, Workload.FromRequest("US"), Workload.FromRequest("pro")))];
    }

    public override void Run(int count)
    {
        for (int i = 0; i < count; i++)
        {
            PeerUser user = _users[i & (Workload.UserCount - 1)];
            Sink += _isTargeting ? IsEnabled(user) : HasVariant(user);
        }
    }

    public void Dispose() => _services.Dispose();

    private int IsEnabled(PeerUser user) => _manager.IsEnabledAsync(Workload.Key, user).AsTask().GetAwaiter().GetResult() ? 1 : 0;

    private int HasVariant(PeerUser user) =>
        _manager.GetVariantAsync(Workload.Key, user).AsTask().GetAwaiter().GetResult() is not null ? 1 : 0;

    // Workload.Key is experiment 42, so one flag is that one, and more are the ones around it.
    private static string Configuration(int flags, bool isTargeting) => $$$$"""
        {"feature_management":{"feature_flags":[{{{{string.Join(',', Enumerable.Range(0, flags)
            .Select(i => isTargeting ? TargetingFlag(Key(i, flags)) : VariantFlag(Key(i, flags), i)))}}}}]}}
        """;

    private static string Key(int index, int flags) => flags == 1 ? Workload.Key : SnapshotBuilder.KeyOf(index);

    private static string VariantFlag(string key, int number) => $$$$"""
        {"id":"{{{{key}}}}","enabled":true,
         "conditions":{"requirement_type":"All","client_filters":[
           {"name":"Country","parameters":{"Allowed":["CA","GB","US","DE"]}},{"name":"Plan","parameters":{"Allowed":["pro"]}}]},
         "variants":[{"name":"control","configuration_value":"#0066cc"},{"name":"treatment","configuration_value":"#00cc66"}],
         "allocation":{"default_when_enabled":"control","seed":"0d9c1f6e-58b7-4e0b-9f3c-{{{{number:d12}}}}",
           "percentile":[{"variant":"control","from":0,"to":50},{"variant":"treatment","from":50,"to":100}]}}
        """;

    private static string TargetingFlag(string key) => $$$$"""
        {"id":"{{{{key}}}}","enabled":true,
         "conditions":{"client_filters":[{"name":"Microsoft.Targeting","parameters":{"Audience":{"DefaultRolloutPercentage":50}}}]}}
        """;
}
