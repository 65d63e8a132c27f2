namespace Experiments.Control.Tests.Support;

/// <summary>The clock of the system, or one that is ahead of it; timers run as they do.</summary>
internal sealed class AheadTimeProvider : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
