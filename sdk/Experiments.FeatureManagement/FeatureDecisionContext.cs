using Experiments.Client;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement;

/// <summary>For whom a feature is about to be decided. Made for one decision; not thread-safe and not to be kept.</summary>
public sealed class FeatureDecisionContext
{
    internal FeatureDecisionContext(
        string feature, object? callerContext, ITargetingContext? targeting, string userKey, IServiceProvider services)
    {
        Feature = feature;
        CallerContext = callerContext;
        Targeting = targeting;
        UserKey = userKey;
        Services = services;
    }

    /// <summary>Name of the feature, as the caller wrote it.</summary>
    public string Feature { get; }

    /// <summary>What the caller passed; <see langword="null"/> for calls without a context.</summary>
    public object? CallerContext { get; }

    /// <summary>The caller's context where it is one of targeting, else that of the registered <see cref="ITargetingContextAccessor"/>;
    /// <see langword="null"/> where there is neither.</summary>
    public ITargetingContext? Targeting { get; }

    /// <summary>The scope's services for the snapshot interfaces and for a scoped <c>IFeatureManager</c>, else those of the scope that
    /// the feature manager was resolved from; a singleton's are the application's.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Stable identifier that is hashed. Set it to decide for someone else than the targeting context's user.</summary>
    public string UserKey
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>What targeting looks at; already holds <c>userId</c> and <c>groups</c>.</summary>
    public DecisionContext Attributes { get; } = new();
}
