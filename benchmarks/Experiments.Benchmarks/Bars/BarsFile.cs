namespace Experiments.Benchmarks.Bars;

/// <summary>Content of <c>results/bars.json</c>.</summary>
internal sealed record BarsFile
{
    public required MachineInfo Machine { get; init; }

    /// <summary>Made with <c>--quick</c>: the figures mean nothing.</summary>
    public bool IsQuick { get; init; }

    public required int Pairs { get; init; }

    public required IReadOnlyList<Bar> Rows { get; init; }
}
