using System.Text.Json.Serialization.Metadata;

namespace Experiments.Client;

/// <summary>
/// Decides flags and experiments of one environment, in-process, from the snapshot in memory. Thread-safe. Deciding takes no lock,
/// allocates nothing, makes no call and never throws because of data: a missing snapshot, an unknown key or an attribute of the
/// wrong type are reasons of the <see cref="Decision"/>. The same user key always gets the same variant of an experiment.
/// </summary>
/// <remarks>A <see langword="null"/> key or user key is a programmer's error and throws <see cref="ArgumentNullException"/>.</remarks>
public interface IFeatureDecider
{
    /// <summary>Name of the environment that this decider decides for.</summary>
    string Environment { get; }

    /// <summary>Version of the snapshot in memory; 0 while there is none.</summary>
    long SnapshotVersion { get; }

    /// <summary>Number of decisions that <see cref="DecideAll(string, Span{Decision}, ReadOnlySpan{ContextAttribute})"/> makes with the
    /// snapshot in memory. It changes when a snapshot is loaded.</summary>
    int Count { get; }

    /// <summary>Decides one flag or experiment.</summary>
    /// <param name="key">Key of the flag or experiment; compared ordinally.</param>
    /// <param name="userKey">Stable identifier of the user, hashed as it is: no trimming, no case folding.</param>
    /// <param name="attributes">What targeting looks at. Only read during the call.</param>
    Decision Decide(string key, string userKey, ReadOnlySpan<ContextAttribute> attributes = default);

    /// <inheritdoc cref="Decide(string, string, ReadOnlySpan{ContextAttribute})"/>
    /// <param name="context">What targeting looks at; must not be changed during the call.</param>
#pragma warning disable CS1573 // The other parameters are documented on the overload that is inherited from.
    Decision Decide(string key, string userKey, DecisionContext context);
#pragma warning restore CS1573

    /// <summary>Decides everything in the snapshot, in snapshot order, all from one snapshot.</summary>
    /// <param name="userKey">Stable identifier of the user.</param>
    /// <param name="decisions">Receives the decisions, those without a variant too; where it is too short it receives the first ones.</param>
    /// <param name="attributes">What targeting looks at. Only read during the call.</param>
    /// <returns>The number of decisions there are; greater than the length of <paramref name="decisions"/> where that was too short.</returns>
    int DecideAll(string userKey, Span<Decision> decisions, ReadOnlySpan<ContextAttribute> attributes = default);

    /// <inheritdoc cref="DecideAll(string, Span{Decision}, ReadOnlySpan{ContextAttribute})"/>
    /// <param name="context">What targeting looks at; must not be changed during the call.</param>
#pragma warning disable CS1573
    int DecideAll(string userKey, Span<Decision> decisions, DecisionContext context);
#pragma warning restore CS1573

    /// <summary>Whether the flag is on for this user: see <see cref="Decision.IsOn"/>. False where there is no variant.</summary>
    bool IsOn(string key, string userKey, ReadOnlySpan<ContextAttribute> attributes = default);

    /// <inheritdoc cref="IsOn(string, string, ReadOnlySpan{ContextAttribute})"/>
    bool IsOn(string key, string userKey, DecisionContext context);

    /// <summary>The payload where it is a JSON boolean, else <paramref name="fallback"/>.</summary>
    bool Value(string key, string userKey, bool fallback, ReadOnlySpan<ContextAttribute> attributes = default);

    /// <summary>The payload where it is a JSON number, else <paramref name="fallback"/>.</summary>
    double Value(string key, string userKey, double fallback, ReadOnlySpan<ContextAttribute> attributes = default);

    /// <summary>The payload where it is a JSON string, else <paramref name="fallback"/>.</summary>
    string Value(string key, string userKey, string fallback, ReadOnlySpan<ContextAttribute> attributes = default);

    /// <summary>The payload read as <typeparamref name="T"/>, else <paramref name="fallback"/>: without a payload, and where it is not
    /// JSON of that type. Allocates what deserialization allocates.</summary>
    T Value<T>(string key, string userKey, T fallback, JsonTypeInfo<T> type, ReadOnlySpan<ContextAttribute> attributes = default);

    /// <summary>Completes when a snapshot is in memory: at once where one already is. Waits for the first one without a limit of its
    /// own, so pass a token that has one.</summary>
    Task WaitUntilReadyAsync(CancellationToken cancellationToken = default);

    /// <summary>Decides like <see cref="Decide(string, string, ReadOnlySpan{ContextAttribute})"/> and says why: every rule, condition and
    /// bucket on the way. Allocates; for support and development.</summary>
    Explanation Explain(string key, string userKey, ReadOnlySpan<ContextAttribute> attributes = default);

    /// <inheritdoc cref="Explain(string, string, ReadOnlySpan{ContextAttribute})"/>
    Explanation Explain(string key, string userKey, DecisionContext context);

    /// <summary>How the decider is doing now.</summary>
    DeciderStatus Status { get; }

    /// <summary>Calls <paramref name="listener"/> after each snapshot that takes effect, the first one too (all its keys are changed then and
    /// <see cref="SnapshotChange.PreviousVersion"/> is 0), on the thread that loaded it: a listener that takes long delays the next poll.
    /// What it throws is logged.</summary>
    /// <returns>Ends the calls when it is disposed.</returns>
    IDisposable OnChange(Action<SnapshotChange> listener);
}
