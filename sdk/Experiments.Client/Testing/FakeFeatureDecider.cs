using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Experiments.Client.Json;

namespace Experiments.Client.Testing;

/// <summary>
/// A decider that a test sets by hand: no snapshot, no source, no hash. A key that was not set is
/// <see cref="DecisionReason.FlagNotFound"/>, so code under test gets its fallback. Thread-safe.
/// </summary>
/// <param name="environment">What <see cref="Environment"/> answers.</param>
public sealed class FakeFeatureDecider(string environment = "test") : IFeatureDecider
{
    private static readonly Decision NotFound = new(new DecisionOrigin("", snapshotVersion: 1), DecisionReason.FlagNotFound);

    private readonly ConcurrentDictionary<(string Key, string? UserKey), Decision> _decisions = new();

    /// <inheritdoc/>
    public string Environment => environment;

    /// <summary>Always 1.</summary>
    public long SnapshotVersion => 1;

    /// <summary>Number of keys that were set for everyone.</summary>
    public int Count => _decisions.Keys.Count(static set => set.UserKey is null);

    /// <summary>Always <see cref="DeciderReadiness.Ready"/>.</summary>
    public DeciderStatus Status => new() { Readiness = DeciderReadiness.Ready, SnapshotVersion = SnapshotVersion, Age = TimeSpan.Zero };

    /// <summary>Turns a flag on or off: variant <c>on</c> with value true, or <c>off</c> with false.</summary>
    /// <param name="key">Of the flag.</param>
    /// <param name="isOn">Whether it is on.</param>
    /// <param name="userKey">For this user only; by default for everyone who is not set apart.</param>
    public FakeFeatureDecider Set(string key, bool isOn, string? userKey = null) =>
        Set(key, isOn ? "on" : "off", isOn ? "true" : "false", userKey);

    /// <summary>Sets the variant of a flag or experiment.</summary>
    /// <param name="key">Of the flag or experiment.</param>
    /// <param name="variantKey">Of the variant; <see langword="null"/> leaves the user in none.</param>
    /// <param name="payload">JSON; <see langword="null"/> for none.</param>
    /// <param name="userKey">For this user only; by default for everyone who is not set apart.</param>
    /// <exception cref="JsonException">The payload is not JSON.</exception>
    public FakeFeatureDecider Set(string key, string? variantKey, string? payload = null, string? userKey = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        DecisionReason reason = variantKey is null ? DecisionReason.Default : DecisionReason.Split;
        _decisions[(key, userKey)] = new Decision(new DecisionOrigin(key, SnapshotVersion), reason)
        {
            Variant = variantKey is null ? null : VariantOf(variantKey, payload),
        };
        return this;
    }

    /// <summary>Forgets all that was set for a key, or everything.</summary>
    public FakeFeatureDecider Clear(string? key = null)
    {
        foreach ((string Key, string? UserKey) set in _decisions.Keys.Where(set => key is null || set.Key == key))
        {
            _decisions.TryRemove(set, out _);
        }

        return this;
    }

    /// <inheritdoc/>
    public Decision Decide(string key, string userKey, ReadOnlySpan<ContextAttribute> attributes = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(userKey);
        return _decisions.TryGetValue((key, userKey), out Decision? own) ? own
            : _decisions.TryGetValue((key, null), out Decision? everyones) ? everyones
            : NotFound;
    }

    /// <inheritdoc/>
    public Decision Decide(string key, string userKey, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Decide(key, userKey);
    }

    /// <inheritdoc/>
    public int DecideAll(string userKey, Span<Decision> decisions, ReadOnlySpan<ContextAttribute> attributes = default)
    {
        ArgumentNullException.ThrowIfNull(userKey);
        string[] keys = [.. _decisions.Keys.Where(static set => set.UserKey is null).Select(static set => set.Key).Order(StringComparer.Ordinal)];
        for (int i = 0; i < Math.Min(keys.Length, decisions.Length); i++)
        {
            decisions[i] = Decide(keys[i], userKey);
        }

        return keys.Length;
    }

    /// <inheritdoc/>
    public int DecideAll(string userKey, Span<Decision> decisions, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return DecideAll(userKey, decisions);
    }

    /// <inheritdoc/>
    public bool IsOn(string key, string userKey, ReadOnlySpan<ContextAttribute> attributes = default) => Decide(key, userKey).IsOn;

    /// <inheritdoc/>
    public bool IsOn(string key, string userKey, DecisionContext context) => Decide(key, userKey, context).IsOn;

    /// <inheritdoc/>
    public bool Value(string key, string userKey, bool fallback, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey).ReadBoolean(fallback);

    /// <inheritdoc/>
    public double Value(string key, string userKey, double fallback, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey).ReadNumber(fallback);

    /// <inheritdoc/>
    public string Value(string key, string userKey, string fallback, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey).ReadText(fallback);

    /// <inheritdoc/>
    public T Value<T>(
        string key, string userKey, T fallback, JsonTypeInfo<T> type, ReadOnlySpan<ContextAttribute> attributes = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Decide(key, userKey).ReadJson(fallback, type);
    }

    /// <summary>The decision without steps.</summary>
    public Explanation Explain(string key, string userKey, ReadOnlySpan<ContextAttribute> attributes = default) =>
        new() { Decision = Decide(key, userKey), Steps = [] };

    /// <summary>The decision without steps.</summary>
    public Explanation Explain(string key, string userKey, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Explain(key, userKey);
    }

    /// <summary>Never calls: there is no snapshot that could be replaced.</summary>
    public IDisposable OnChange(Action<SnapshotChange> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return new Subscription();
    }

    /// <summary>Completes at once.</summary>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    private static DecisionVariant VariantOf(string key, string? payload)
    {
        if (payload is null)
        {
            return new DecisionVariant(key, JsonValueKind.Undefined, new PackedTexts([], 0, PackedId.None, 0));
        }

        using JsonDocument json = JsonDocument.Parse(payload);
        JsonElement root = json.RootElement;
        byte[] utf8 = JsonMarshal.GetRawUtf8Value(root).ToArray();
        return new DecisionVariant(key, root.ValueKind, new PackedTexts(utf8, 0, PackedId.None, utf8.Length), new DecodedVariant(utf8)
        {
            Number = root.ValueKind == JsonValueKind.Number ? root.GetDouble() : 0,
            Text = root.ValueKind == JsonValueKind.String ? JsonText.Read(root) : null,
        });
    }

    private sealed class Subscription : IDisposable
    {
        public void Dispose()
        {
            // There is nothing to end.
        }
    }
}
