namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>Time that has to pass because it is what the test is about: how long a fault lasts, how long a call is held up. Never a way to wait
/// for something, which is what <see cref="Eventually"/> is for.</summary>
internal static class Pause
{
    public static async Task ForAsync(TimeSpan time, CancellationToken cancellationToken = default)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync(cancellationToken);
    }
}
