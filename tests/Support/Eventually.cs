using System.Globalization;
using Xunit.Sdk;

namespace Experiments.Tests.Support;

/// <summary>
/// Waits for what other processes or background work will bring about: the one place in tests that waits. It looks again
/// every 20 ms until the deadline, then fails with what was expected and what was seen last.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    /// <value>How long a condition may take where the caller does not say: 60 s, generous because test machines are slow and busy.</value>
    public static TimeSpan DefaultWithin { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Waits until a condition is true.</summary>
    /// <param name="condition">Exceptions count as false; the last one is shown on failure.</param>
    /// <param name="expectation">Completes "expected: ", for example <c>"version 3 in latest.json"</c>.</param>
    /// <param name="within">Null is <see cref="DefaultWithin"/>.</param>
    /// <param name="state">Called on failure only; its text is appended to the message.</param>
    public static Task HoldsAsync(Func<bool> condition, string expectation, TimeSpan? within = null, Func<string>? state = null) =>
        HoldsAsync(_ => Task.FromResult(condition()), expectation, within, state);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string, TimeSpan?, Func{string})"/>
    /// <param name="condition">Its token ends at the deadline. Exceptions count as false; the last one is shown on failure.</param>
    public static Task HoldsAsync(
        Func<CancellationToken, Task<bool>> condition, string expectation, TimeSpan? within = null, Func<string>? state = null) =>
        ReadAsync(condition, static held => held, expectation, within, state);

    /// <summary>Reads a value again and again until it is as wanted, and returns it.</summary>
    /// <param name="read">Its token ends at the deadline. Exceptions count as "not yet"; the last one is shown on failure.</param>
    /// <param name="wanted">Whether the value is the one waited for.</param>
    /// <param name="expectation">Completes "expected: ".</param>
    /// <param name="within">Null is <see cref="DefaultWithin"/>.</param>
    /// <param name="state">Called on failure only; its text is appended to the message.</param>
    /// <exception cref="XunitException">The deadline passed.</exception>
    public static async Task<T> ReadAsync<T>(
        Func<CancellationToken, Task<T>> read, Func<T, bool> wanted, string expectation, TimeSpan? within = null, Func<string>? state = null)
    {
        TimeSpan limit = within ?? DefaultWithin;
        using CancellationTokenSource deadline = new(limit);
        using PeriodicTimer timer = new(s_interval);
        string last = "nothing: the first look did not return";
        Exception? error = null;
        int looks = 0;
        try
        {
            do
            {
                try
                {
                    // A read that ignores its token, say of a suspended server, must not outlast the deadline.
                    T value = await read(deadline.Token).WaitAsync(deadline.Token);
                    looks++;
                    (last, error) = ($"{value}", null);
                    if (wanted(value))
                    {
                        return value;
                    }
                }
                catch (Exception exception) when (exception is not EventuallyAbortedException && !deadline.IsCancellationRequested)
                {
                    looks++;
                    (last, error) = ($"{exception.GetType().Name}: {exception.Message}", exception);
                }
            }
            while (await timer.WaitForNextTickAsync(deadline.Token));
        }
        catch (Exception exception) when (exception is not EventuallyAbortedException && deadline.IsCancellationRequested)
        {
            // The deadline; what follows reports it.
        }

        string seconds = limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        throw new XunitException($"Expected within {seconds} s: {expectation}. Last of {looks} looks: {last}{State(state)}", error);
    }

    /// <summary>Runs assertions again and again until none fails; at the deadline the last failure is shown.</summary>
    public static Task PassesAsync(Func<Task> assertions, string expectation, TimeSpan? within = null, Func<string>? state = null) =>
        HoldsAsync(
            async _ =>
            {
                await assertions();
                return true;
            },
            expectation,
            within,
            state);

    private static string State(Func<string>? state) => state is null ? "" : $"{Environment.NewLine}{state()}";
}
