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

    /// <summary>Directory for the last good snapshot, from which a process decides at once when it starts, even with the source down.
    /// Created where missing. Several processes may share it.</summary>
    /// <value>Default <see langword="null"/>: off.</value>
    public string? LastGoodDirectory { get; set; }
}
