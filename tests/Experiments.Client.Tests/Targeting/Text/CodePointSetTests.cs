using CsCheck;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

public sealed class CodePointSetTests
{
    [Fact]
    public void Contains_AnyRanges_IsWhetherOneHoldsTheCodePoint()
    {
        Gen<int> codePoint = Gen.OneOf(Gen.Int[0, 200], Gen.Int[0, CodePoints.Last]);
        Gen<CodePointRange> range = Gen.Select(codePoint, codePoint).Select(ends => new CodePointRange(
            Math.Min(ends.Item1, ends.Item2), Math.Max(ends.Item1, ends.Item2)));
        Property.Holds(
            Gen.Select(range.Array[0, 6], codePoint.Array[10], Gen.Bool),
            sample =>
            {
                CodePointSetBuilder builder = new(ignoresCase: false);
                Array.ForEach(sample.Item1, item => builder.Add(item.First, item.Last));
                CodePointSet set = builder.Build(sample.Item3);
                IEnumerable<int> edges = sample.Item1.SelectMany(item => new[] { item.First, item.Last, item.Last + 1 });
                foreach (int candidate in sample.Item2.Concat(edges))
                {
                    bool isListed = Array.Exists(sample.Item1, item => candidate >= item.First && candidate <= item.Last);
                    Assert.Equal(isListed != sample.Item3, set.Contains(candidate));
                }
            },
            LongRun.Count(5_000, 100_000));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Contains_AClassAndItsNegation_AreOpposite(bool ignoresCase)
    {
        foreach (string pairs in new[] { AsciiClasses.Perl('w')!, AsciiClasses.Perl('d')!, AsciiClasses.Posix("upper")! })
        {
            CodePointSetBuilder plain = new(ignoresCase);
            plain.AddAscii(pairs, isNegated: false);
            CodePointSetBuilder negated = new(ignoresCase);
            negated.AddAscii(pairs, isNegated: true);
            CodePointSet set = plain.Build(isNegated: false);
            CodePointSet others = negated.Build(isNegated: false);
            for (int codePoint = 0; codePoint < 0x3000; codePoint++)
            {
                Assert.NotEqual(set.Contains(codePoint), others.Contains(codePoint));
            }
        }
    }
}
