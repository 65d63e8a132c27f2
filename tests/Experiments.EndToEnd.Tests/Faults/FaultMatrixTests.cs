using Experiments.EndToEnd.Tests.Faults.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests.Faults;

/// <summary>Each part of the product with each fault, under load: no decision fails or is wrong, nothing that was acknowledged is lost, and all is well
/// again by itself afterwards. In the usual run a few cells for two seconds each, in the long one all of them for a minute.</summary>
[Collection(FaultsCollection.Name)]
public sealed class FaultMatrixTests(FaultProduct product, ITestOutputHelper log) : IClassFixture<FaultProduct>
{
    private const int ShownLines = 20;

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
                    // The long run has the whole matrix, and fails where the machine does not let it.
                    bool isPossible = kind != FaultKind.DiskFull || part == FaultPart.S3 || SmallDisk.IsAvailable || LongRun.Enabled;
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
        int logged = product.Gateway.Output.Lines.Count;
        await using FaultCell cell = await FaultCell.StartAsync(product, $"{part}-{kind}");
        await target.BeginAsync(kind);
        await Pause.ForAsync(Lasts);
        long end = TimeProvider.System.GetTimestamp();
        await target.EndAsync(kind);
        await cell.RecoverAsync();
        TimeSpan recovery = TimeProvider.System.GetElapsedTime(end);
        await cell.StopAsync();

        IReadOnlyList<string> wrong = await cell.FindWrongAsync();
        IReadOnlyList<Mutation> lost = await cell.FindLostAsync();
        log.WriteLine(string.Join('\n', product.Gateway.Output.Lines.Skip(logged).Take(ShownLines)));
        Assert.Empty(cell.Load.Failures.Take(ShownLines));
        Assert.Empty(wrong.Take(ShownLines));
        Assert.Empty(lost.Take(ShownLines));
        await cell.CheckMutationsAsync();
        Report(part, kind, cell, wrong.Count, lost.Count, recovery);
    }

    // Each part, and each kind once; what is left out here, StoreOutageTests and KillTests have in part.
    private static bool IsUsual(FaultPart part, FaultKind kind) => (part, kind) is (FaultPart.S3, FaultKind.DiskFull) or (FaultPart.Postgres, FaultKind.Refusing)
        or (FaultPart.Control, FaultKind.Stopped) or (FaultPart.Decide, FaultKind.Killed) or (FaultPart.Decide, FaultKind.Slow);

    private void Report(FaultPart part, FaultKind kind, FaultCell cell, int wrong, int lost, TimeSpan recovery)
    {
        Latencies latencies = cell.Load.Latencies;
        product.Results.AddRow(
            part.ToString(), kind.ToString(), latencies.Count, cell.Load.Failures.Count, wrong, Math.Round(latencies.Quantile(0.99).TotalMilliseconds, 1),
            Math.Round(latencies.Slowest.TotalMilliseconds), cell.Ledger.Acknowledged, cell.Ledger.Mutations.Count(static one => one.IsUnpublished),
            cell.Ledger.Failures, lost, Math.Round(recovery.TotalSeconds, 1));
        product.Results.Write();
    }
}
