namespace Experiments.Benchmarks.Bars;

/// <summary>How long and how often to measure.</summary>
internal sealed record MeasureSettings
{
    /// <summary>Pairs of slices; the ratio is their median.</summary>
    public required int Pairs { get; init; }

    /// <summary>Length of a slice of one of the two works.</summary>
    public required TimeSpan Slice { get; init; }

    /// <summary>How long each work runs first: until the compiler has seen what is hot.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Length of a slice where snapshots are swapped every 100 ms meanwhile.</summary>
    public required TimeSpan SwapSlice { get; init; }

    /// <summary>Experiments in the snapshot that is loaded.</summary>
    public required int LoadCount { get; init; }

    public static MeasureSettings Full { get; } = new()
    {
        Pairs = 15,
        Slice = TimeSpan.FromMilliseconds(10),
        WarmUp = TimeSpan.FromSeconds(1),
        SwapSlice = TimeSpan.FromMilliseconds(250),
        LoadCount = 10_000,
    };

    /// <summary>Only shows that everything runs: the ratios mean nothing.</summary>
    public static MeasureSettings Quick { get; } = new()
    {
        Pairs = 3,
        Slice = TimeSpan.FromMilliseconds(1),
        WarmUp = TimeSpan.FromMilliseconds(20),
        SwapSlice = TimeSpan.FromMilliseconds(20),
        LoadCount = 200,
    };
}
