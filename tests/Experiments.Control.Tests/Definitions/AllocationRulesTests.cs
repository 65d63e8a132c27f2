using Experiments.Control.Definitions;

namespace Experiments.Control.Tests.Definitions;

public sealed class AllocationRulesTests
{
    private static readonly VariantDefinition Variant = new() { Id = Guid.NewGuid(), Key = "v", Name = "v" };

    private static readonly ExperimentDefinition Experiment = new()
    {
        Id = Guid.NewGuid(),
        EnvironmentId = Guid.NewGuid(),
        Key = "e",
        Name = "e",
        Salt = "s",
        Variants = [Variant],
        CreatedAt = default,
        UpdatedAt = default,
    };

    [Fact]
    public void Check_AnyRanges_AreAllowedExactlyWhereNoBucketIsTakenTwice()
    {
        // Bounds from -1 on, and close together, so that every way to overlap and to leave the space comes up.
        var random = new Random(1);
        for (int round = 0; round < LongRun.Count(20_000, full: 1_000_000); round++)
        {
            (int Start, int End)[] ranges =
                [.. Enumerable.Range(0, random.Next(6)).Select(_ => (random.Next(-1, 30), random.Next(-1, 30))).Order()];
            int[] taken = [.. ranges.SelectMany(range => Enumerable.Range(range.Start, Math.Max(range.End - range.Start + 1, 0)))];
            bool isAllowed = ranges.All(range => range.Start >= 0 && range.Start <= range.End) && taken.Distinct().Count() == taken.Length;

            string? fault = AllocationRules.Check([.. ranges.Select(Allocation)], Experiment);

            Assert.True(isAllowed == fault is null, $"{string.Join(' ', ranges)}: {fault ?? "allowed"}");
        }
    }

    [Theory]
    [InlineData(0, 9999, true)]
    [InlineData(9999, 9999, true)]
    [InlineData(0, 10000, false)]
    [InlineData(-1, 0, false)]
    [InlineData(int.MinValue, int.MaxValue, false)]
    public void Check_Bounds_AreBuckets0To9999(int start, int end, bool isAllowed) =>
        Assert.Equal(isAllowed, AllocationRules.Check([Allocation((start, end))], Experiment) is null);

    private static AllocationDefinition Allocation((int Start, int End) range) =>
        new() { Id = Guid.NewGuid(), VariantId = Variant.Id, RangeStart = range.Start, RangeEnd = range.End };
}
