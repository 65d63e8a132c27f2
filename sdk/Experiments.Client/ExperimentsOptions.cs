namespace Experiments.Client;

/// <summary>How the SDK polls. Validated when the host starts; every fault is named in one message.</summary>
public sealed class ExperimentsOptions
{
    /// <summary>Shortest allowed <see cref="PollInterval"/>.</summary>
    public static readonly TimeSpan MinPollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest allowed <see cref="PollInterval"/>.</summary>
    public static readonly TimeSpan MaxPollInterval = TimeSpan.FromDays(1);

    /// <summary>Time between two looks at the source. Each wait is shifted by up to 10 % at random, so that many processes do not poll
    /// in step. After failures it looks again after a quarter and a half of the interval, then once each interval at most: a source that
    /// is back is seen within one interval. A source that says nothing for one interval, but not less than 5 s and not more than 10 s, is
    /// a failure.</summary>
    /// <value>Default 5 s; from 50 ms to 1 day.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A control server, or a gateway in front of it, whose events say that something was published: the source is then looked at at once
    /// and not at the next poll. Reads <c>{PushUrl}/configs/{environment}/events</c>. Polling goes on, so that nothing is missed while there are
    /// no events. An absolute http or https URL.</summary>
    /// <value>Default <see langword="null"/>: off.</value>
    public Uri? PushUrl { get; set; }

    /// <summary>Directory for the last good snapshot, from which a process decides at once when it starts, even with the source down.
    /// Created where missing. Several processes may share it.</summary>
    /// <value>Default <see langword="null"/>: off.</value>
    public string? LastGoodDirectory { get; set; }

    /// <summary>From what age on a snapshot that the source does not confirm is <see cref="DeciderReadiness.Stale"/>. Decisions go on.</summary>
    /// <value>Default <see langword="null"/>: 5 minutes or three times <see cref="PollInterval"/>, whichever is longer. At least
    /// <see cref="PollInterval"/>.</value>
    public TimeSpan? StaleAfter { get; set; }

    /// <summary>Variants set by hand, for development: by key of the flag or experiment, the key of the variant that everyone gets
    /// (<see cref="DecisionReason.Override"/>). <see langword="null"/>, or a variant that there is not, is the caller's fallback. A flag
    /// that is not enabled stays off. Read at start.</summary>
    /// <value>Default empty.</value>
    public IDictionary<string, string?> Overrides { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>A snapshot to decide from where there is neither a last-good file nor, yet, an answer of the source: as a rule an embedded
    /// resource. Called at most once, at start. Any snapshot of the source replaces it, whatever its version.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public Func<Stream?>? Bootstrap { get; set; }

    /// <summary><see cref="StaleAfter"/> with its default.</summary>
    internal TimeSpan StaleAge
    {
        get
        {
            const int MinStaleMinutes = 5;
            const int StalePolls = 3;
            TimeSpan least = TimeSpan.FromMinutes(MinStaleMinutes);
            TimeSpan polls = PollInterval * StalePolls;
            return StaleAfter ?? (polls > least ? polls : least);
        }
    }
}
