using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Experiments.Benchmarks.Snapshots;

namespace Experiments.Benchmarks.Bars;

/// <summary>
/// Memory of loading a snapshot, measured in a process that does nothing else. Kept: the managed heap after a full collection, less what
/// it was before the JSON was read, when the JSON has been let go (what the snapshot keeps of it counts). Peak: the highest of the
/// managed heap's bytes in use, garbage that was not collected yet included, looked at every millisecond from another thread, and the
/// highest resident set that the kernel saw (VmHWM, set back before the load); both less what they were before the JSON was read.
/// </summary>
internal sealed record LoadMemory(long JsonBytes, long KeptBytes, long PeakHeapBytes, long PeakResidentBytes)
{
    /// <summary>The mode of this program that <see cref="MeasureInNewProcess"/> starts.</summary>
    public const string Mode = "load-memory";

    // What is loaded first, so that code, type data and static tables are not counted.
    private const int WarmUpCount = 20;
    private const int WarmUpRuns = 3;

    public static LoadMemory MeasureInNewProcess(int count)
    {
        string path = Environment.ProcessPath!;
        string assembly = Assembly.GetExecutingAssembly().Location;
        bool isHost = Path.GetFileNameWithoutExtension(path) == "dotnet";
        string[] arguments = isHost ? [assembly, Mode, $"{count}"] : [Mode, $"{count}"];
        using Process child = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? JsonSerializer.Deserialize<LoadMemory>(answer)!
            : throw new InvalidOperationException($"{Mode} ended with {child.ExitCode}.");
    }

    /// <summary>The whole of the mode; the answer is one line of JSON.</summary>
    public static int Run(int count)
    {
        for (int i = 0; i < WarmUpRuns; i++)
        {
            EngineAccess.Load(SnapshotBuilder.Build(WarmUpCount));
        }

        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, SnapshotBuilder.Build(count));
            Console.WriteLine(JsonSerializer.Serialize(Measure(file)));
            return 0;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static LoadMemory Measure(string file)
    {
        long heapBefore = Collect();
        ResetPeak();
        long residentBefore = StatusBytes("VmHWM");
        using var sampler = new HeapSampler();
        (object snapshot, int jsonBytes) = Load(file);
        long peakHeap = sampler.Stop();
        long peakResident = StatusBytes("VmHWM");
        long kept = Collect() - heapBefore;
        GC.KeepAlive(snapshot);
        return new LoadMemory(jsonBytes, kept, Math.Max(peakHeap - heapBefore, kept), peakResident - residentBefore);
    }

    // A method of its own, so that nothing on the stack holds the JSON afterwards.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (object Snapshot, int JsonBytes) Load(string file)
    {
        byte[] json = File.ReadAllBytes(file);
        return (EngineAccess.Load(json), json.Length);
    }

    private static long Collect()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    // Linux: 5 sets VmHWM back to the resident set of now.
    private static void ResetPeak()
    {
        if (File.Exists("/proc/self/clear_refs"))
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    private static long StatusBytes(string name) => File.Exists("/proc/self/status")
        ? long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) * 1024
        : 0;
}
