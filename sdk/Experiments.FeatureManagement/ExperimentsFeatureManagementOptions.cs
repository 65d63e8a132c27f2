using Experiments.Client;

namespace Experiments.FeatureManagement;

/// <summary>
/// How calls of Microsoft.FeatureManagement become decisions. Without any setting the user key is the <c>UserId</c> of the targeting
/// context, and targeting sees the attributes <c>userId</c> (absent for an anonymous user) and <c>groups</c> (a list; absent where the
/// targeting context has none). Validated when the host starts; read once.
/// </summary>
public sealed class ExperimentsFeatureManagementOptions
{
    private readonly List<Func<FeatureDecisionContext, CancellationToken, ValueTask>> _mappings = [];

    /// <summary>Environment that decides: one that was given to <c>AddExperiments</c>.</summary>
    /// <value>Default <see langword="null"/>: that of the first <c>AddExperiments</c>.</value>
    public string? Environment { get; set; }

    /// <summary>User key where the targeting context names no user and <see cref="MapContext(Action{FeatureDecisionContext})"/> sets none.</summary>
    /// <value>Default empty. Flags without a split are decided as for anyone; a split puts all anonymous users into one variant, as
    /// Microsoft.FeatureManagement does with its percentiles. Map an anonymous cookie to the user key where that is not wanted.</value>
    public string AnonymousUserKey { get; set; } = "";

    /// <summary>
    /// Whether features that the snapshot does not know, and all features until the first snapshot is loaded, are left to
    /// Microsoft.FeatureManagement's own configuration. Needs <c>AddFeatureManagement</c> or <c>AddScopedFeatureManagement</c>.
    /// </summary>
    /// <value>Default <see langword="false"/>: an unknown feature is off and has no variant, or throws <c>FeatureManagementException</c>
    /// where <c>FeatureManagementOptions.IgnoreMissingFeatures</c> is <see langword="false"/>. Before the first snapshot nothing throws.</value>
    public bool FallThrough { get; set; }

    /// <summary>Key of the flag or experiment for the name of a feature, for instance where names of C# enum members meet keys in kebab
    /// case. Must be thread-safe and must not return <see langword="null"/>.</summary>
    /// <value>Default: the name itself. Keys are compared ordinally; Microsoft.FeatureManagement ignores case.</value>
    public Func<string, string> FeatureKey { get; set; } = static feature => feature;

    internal IReadOnlyList<Func<FeatureDecisionContext, CancellationToken, ValueTask>> Mappings => _mappings;

    /// <summary>Adds a step that completes the user key and the attributes before each decision. Steps run in the order they were added;
    /// they must be thread-safe, and what they throw reaches the caller.</summary>
    public ExperimentsFeatureManagementOptions MapContext(Action<FeatureDecisionContext> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        _mappings.Add((context, _) =>
        {
            map(context);
            return ValueTask.CompletedTask;
        });
        return this;
    }

    /// <inheritdoc cref="MapContext(Action{FeatureDecisionContext})"/>
    /// <param name="map">Its token is the caller's; none for the interfaces that take none.</param>
    public ExperimentsFeatureManagementOptions MapContext(Func<FeatureDecisionContext, CancellationToken, ValueTask> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        _mappings.Add(map);
        return this;
    }

    /// <summary>Adds a step for calls that pass a context of this type, or one derived from it: <c>IsEnabledAsync(feature, context)</c>.</summary>
    /// <inheritdoc cref="MapContext(Action{FeatureDecisionContext})"/>
    /// <typeparam name="TContext">What the caller passed.</typeparam>
    public ExperimentsFeatureManagementOptions MapContext<TContext>(Action<FeatureDecisionContext, TContext> map)
        where TContext : notnull
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapContext(context =>
        {
            if (context.CallerContext is TContext caller)
            {
                map(context, caller);
            }
        });
    }
}
