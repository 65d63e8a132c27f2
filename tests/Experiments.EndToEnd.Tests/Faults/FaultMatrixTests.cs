using System.Globalization;
using Experiments.EndToEnd.Tests.Faults.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests.Faults;

/// <summary>Each part of the product with each fault, under load: no decision fails or is wrong, nothing that was acknowledged is lost, and all is well
/// again by itself afterwards. In the usual run a few cells for two seconds each, in the long one all of them for a minute.</summary>
[Collection(FaultsCollection.Name)]
public sealed class FaultMatrixTests(FaultProduct product, ITestOutputHelper log) : IClassFixture<FaultProduct>
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(LongRun.Count(2, full: 60));

    public static TheoryData<FaultPart, FaultKind> Cells
    {
        get
        {
            TheoryData<FaultPart, FaultKind> cells = [];
            foreach (FaultPart part in Enum.GetValues<FaultPart>())
            {
                foreach (FaultKind kind in Enum.GetValues<FaultKind>())
                {
                    bool isPossible = kind != FaultKind.DiskFull || part == FaultPart.S3 || SmallDisk.IsAvailable;
                    if (isPossible && (LongRun.Enabled || IsUsual(part, kind)))
                    {
                        cells.Add(part, kind);
                    }
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Part_WithAFault_NoDecisionFailsNothingIsLostAndAllIsWellAfterwards(FaultPart part, FaultKind kind)
    {
        FaultTarget target = product.TargetOf(part);
        await using FaultCell cell = await FaultCell.StartAsync(product, $"{part}-{kind}");
        await target.BeginAsync(kind);
        await Pause.ForAsync(Lasts);
        long end = TimeProvider.System.GetTimestamp();
        await target.EndAsync(kind);
        await cell.RecoverAsync();
        double recovery = TimeProvider.System.GetElapsedTime(end).TotalSeconds;
        await cell.StopAsync();

        log.WriteLine($"{part} {kind}: {cell.Load.Latencies.Count} decisions, {cell.Load.Failed} failed, {cell.Ledger.Acknowledged} mutations, "
            + $"not made {cell.Ledger.Failures}, recovered after {recovery:0.0} s");
        await cell.CheckAsync();
        Report(part, kind, cell, recovery);
    }

    // One of each kind, and each part.
    private static bool IsUsual(FaultPart part, FaultKind kind) => (part, kind) is (FaultPart.S3, FaultKind.Killed) or (FaultPart.S3, FaultKind.DiskFull)
        or (FaultPart.Postgres, FaultKind.Refusing) or (FaultPart.Control, FaultKind.Stopped) or (FaultPart.Decide, FaultKind.Killed)
        or (FaultPart.Decide, FaultKind.Slow);

    // That nothing failed, was wrong or was lost has been checked.
    private void Report(FaultPart part, FaultKind kind, FaultCell cell, double recovery)
    {
        Latencies latencies = cell.Load.Latencies;
        IReadOnlyCollection<Mutation> mutations = cell.Ledger.Mutations;
        product.Results.AddRow(
            part.ToString(), kind.ToString(), latencies.Count, 0, 0, Math.Round(latencies.Quantile(0.99).TotalMilliseconds, 1),
            Math.Round(latencies.Slowest.TotalMilliseconds), cell.Ledger.Acknowledged, mutations.Count(static one => one.IsUnpublished),
            cell.Ledger.Failures, 0, Math.Round(recovery, 1));
        product.Results.Write();
    }
}
