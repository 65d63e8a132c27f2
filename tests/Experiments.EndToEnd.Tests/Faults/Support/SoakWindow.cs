namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>A part of a soak: what was asked in it, and the memory at its end.</summary>
internal sealed class SoakWindow
{
    private const double BytesPerMegabyte = 1_000_000;
    private const double BytesPerKilobyte = 1024;

    public Latencies Latencies { get; } = new();

    /// <summary>Resident, in megabytes.</summary>
    public double DecideMegabytes { get; private set; }

    /// <inheritdoc cref="DecideMegabytes"/>
    public double ControlMegabytes { get; private set; }

    /// <summary>The longest time in which a thread that wanted to run did not.</summary>
    public double StandstillMs { get; private set; }

    /// <summary>The longest time in which the caller's work waited for a thread of its pool.</summary>
    public double QueuedMs { get; private set; }

    /// <summary>All pauses of the caller's garbage collector.</summary>
    public double CollectingMs { get; private set; }

    public double P99Ms => Math.Round(Latencies.Quantile(0.99).TotalMilliseconds, 2);

    public void ReadMemory(ProductProcess decide, ProductProcess control) =>
        (DecideMegabytes, ControlMegabytes) = (MegabytesOf(decide.ProcessId), MegabytesOf(control.ProcessId));

    public void ReadMachine(Standstills standstills) => (StandstillMs, QueuedMs, CollectingMs) = standstills.Take();

    private static double MegabytesOf(int processId)
    {
        string line = File.ReadLines($"/proc/{processId}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return Math.Round(double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * BytesPerKilobyte / BytesPerMegabyte, 1);
    }
}
