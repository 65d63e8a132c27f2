using System.Runtime.CompilerServices;
using Experiments.Client;
using Experiments.FeatureManagement.Variants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement.Decisions;

/// <summary>
/// Microsoft.FeatureManagement's four interfaces on top of <see cref="IFeatureDecider"/>. With a <see cref="ScopeCache"/> it is the
/// snapshot of a scope. Thread-safe.
/// </summary>
internal sealed class FeatureManagerAdapter(FeatureManagementRuntime runtime, IServiceProvider services, ScopeCache? cache)
    : IFeatureManagerSnapshot, IVariantFeatureManagerSnapshot
{
    private readonly FeatureContextReader _contexts = new(runtime, services);
    private readonly ISessionManager[] _sessions = [.. services.GetServices<ISessionManager>()];

    /// <summary>What decides the features that the snapshot does not know. Resolved when first needed: its filters may want a feature
    /// manager themselves.</summary>
    private FeatureManager? Previous => runtime.Options.FallThrough ? services.GetService<FeatureManager>() : null;

    public Task<bool> IsEnabledAsync(string feature) => IsEnabledAsync(feature, CancellationToken.None).AsTask();

    public Task<bool> IsEnabledAsync<TContext>(string feature, TContext context) =>
        IsEnabledAsync(feature, context, CancellationToken.None).AsTask();

    public ValueTask<bool> IsEnabledAsync(string feature, CancellationToken cancellationToken = default) =>
        IsEnabledAsync<object?>(feature, null, hasContext: false, cancellationToken);

    public ValueTask<bool> IsEnabledAsync<TContext>(string feature, TContext context, CancellationToken cancellationToken = default) =>
        IsEnabledAsync(feature, context, hasContext: true, cancellationToken);

    public ValueTask<Variant> GetVariantAsync(string feature, CancellationToken cancellationToken = default) =>
        GetVariantAsync(feature, null, hasContext: false, cancellationToken);

    public ValueTask<Variant> GetVariantAsync(string feature, ITargetingContext context, CancellationToken cancellationToken = default) =>
        GetVariantAsync(feature, context, hasContext: true, cancellationToken);

    public IAsyncEnumerable<string> GetFeatureNamesAsync() => GetFeatureNamesAsync(CancellationToken.None);

    public async IAsyncEnumerable<string> GetFeatureNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<string>? names = cache?.FeatureNames;
        if (names is null)
        {
            names = await ReadFeatureNamesAsync(cancellationToken);
            if (cache is not null)
            {
                cache.FeatureNames = names;
            }
        }

        foreach (string name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    private async ValueTask<bool> IsEnabledAsync<TContext>(
        string feature, TContext context, bool hasContext, CancellationToken cancellationToken)
    {
        FeatureCall call = Check(feature, context, hasContext, cancellationToken);
        if (cache is null)
        {
            return await DecideEnabledAsync(call, context, hasContext, cancellationToken);
        }

        return cache.Enabled.TryGetValue(call, out bool enabled)
            ? enabled
            : cache.Enabled.GetOrAdd(call, await DecideEnabledAsync(call, context, hasContext, cancellationToken));
    }

    // The interface is not annotated for null references; a feature without a variant answers null.
    private async ValueTask<Variant> GetVariantAsync(
        string feature, ITargetingContext? context, bool hasContext, CancellationToken cancellationToken)
    {
        FeatureCall call = Check(feature, context, hasContext, cancellationToken);
        if (cache is null)
        {
            return (await DecideVariantAsync(call, context, cancellationToken))!;
        }

        return (cache.Variants.TryGetValue(call, out Variant? variant)
            ? variant
            : cache.Variants.GetOrAdd(call, await DecideVariantAsync(call, context, cancellationToken)))!;
    }

    private FeatureCall Check(string feature, object? context, bool hasContext, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(feature);
        if (hasContext)
        {
            ArgumentNullException.ThrowIfNull(context);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return cache is null ? new FeatureCall(feature, context) : FeatureCall.Of(feature, context);
    }

    private async ValueTask<bool> DecideEnabledAsync<TContext>(
        FeatureCall call, TContext context, bool hasContext, CancellationToken cancellationToken)
    {
        foreach (ISessionManager session in _sessions)
        {
            if (await session.GetAsync(call.Feature) is { } remembered)
            {
                return remembered;
            }
        }

        Decision decision = await DecideAsync(call, context, cancellationToken);
        if (FeatureManagementRuntime.IsUnknown(decision))
        {
            // The context's static type is passed on: it is what Microsoft.FeatureManagement chooses filters by.
            if (Previous is { } previous)
            {
                return await (hasContext
                    ? previous.IsEnabledAsync(call.Feature, context, cancellationToken)
                    : previous.IsEnabledAsync(call.Feature, cancellationToken));
            }

            // Not told to the session managers: they would keep what is only not known yet.
            runtime.Report(call.Feature, decision);
            return false;
        }

        foreach (ISessionManager session in _sessions)
        {
            await session.SetAsync(call.Feature, decision.IsOn);
        }

        return decision.IsOn;
    }

    private async ValueTask<Variant?> DecideVariantAsync(FeatureCall call, ITargetingContext? context, CancellationToken cancellationToken)
    {
        Decision decision = await DecideAsync(call, context, cancellationToken);
        if (!FeatureManagementRuntime.IsUnknown(decision))
        {
            return VariantReader.Read(decision);
        }

        if (Previous is { } previous)
        {
            return await (context is null
                ? previous.GetVariantAsync(call.Feature, cancellationToken)
                : previous.GetVariantAsync(call.Feature, context, cancellationToken));
        }

        runtime.Report(call.Feature, decision);
        return null;
    }

    private async ValueTask<Decision> DecideAsync(FeatureCall call, object? callerContext, CancellationToken cancellationToken)
    {
        if (cache is not null && cache.Decisions.TryGetValue(call, out Decision? decided))
        {
            return decided;
        }

        FeatureDecisionContext context = await _contexts.ReadAsync(call.Feature, callerContext, cancellationToken);
        Decision decision = runtime.Decider.Decide(runtime.Options.FeatureKey(call.Feature), context.UserKey, context.Attributes);
        return cache is null ? decision : cache.Decisions.GetOrAdd(call, decision);
    }

    private async ValueTask<IReadOnlyList<string>> ReadFeatureNamesAsync(CancellationToken cancellationToken)
    {
        Decision[] decisions = new Decision[runtime.Decider.Count];
        int count;

        // A snapshot with more of them may be loaded in between.
        while ((count = runtime.Decider.DecideAll("", decisions)) > decisions.Length)
        {
            decisions = new Decision[count];
        }

        List<string> names = [.. decisions.Take(count).Select(decision => decision.Key)];
        if (Previous is { } previous)
        {
            HashSet<string> known = new(names, StringComparer.Ordinal);
            await foreach (string name in previous.GetFeatureNamesAsync(cancellationToken))
            {
                if (known.Add(runtime.Options.FeatureKey(name)))
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }
}
