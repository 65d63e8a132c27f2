using System.Globalization;
using System.Text.Json;
using Experiments.Client.Bucketing;
using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

public sealed class CoverageTests
{
    public static TheoryData<string, int> Forms => new()
    {
        { "0", 0 },
        { "-0", 0 },
        { "0.0", 0 },
        { "0e5", 0 },
        { "0e99999999999999999999", 0 },
        { "0.00000000000000000000000000000000000000000000", 0 },
        { "1", 10_000 },
        { "1.0", 10_000 },
        { "1e0", 10_000 },
        { "10e-1", 10_000 },
        { "0.1E+1", 10_000 },
        { "0.25", 2500 },
        { "2.5e-1", 2500 },
        { "25e-2", 2500 },
        { "0.0003", 3 },
        { "3E-4", 3 },
        { "0.9999", 9999 },
        { "1" + new string('0', 5000) + "e-5001", 1000 },
        { "0." + new string('0', 5000) + "1e4999", 100 },
    };

    [Fact]
    public void BucketCount_OfRanges_IsThatOfTheHash() => Assert.Equal(BucketSpace.ExperimentCount, BucketRange.BucketCount);

    [Fact]
    public void TryParse_EveryStepInEveryForm_IsExactlyThatManyBuckets()
    {
        for (int buckets = 0; buckets <= BucketRange.BucketCount; buckets++)
        {
            string plain = (buckets / 10_000m).ToString(CultureInfo.InvariantCulture);
            string padded = (buckets / 10_000m).ToString("F40", CultureInfo.InvariantCulture);
            string shortest = JsonSerializer.Serialize(buckets / 10_000.0);
            foreach (string text in (string[])[plain, padded, shortest, $"{buckets}e-4", $"{buckets}E-04", $"{buckets}.000e-4", $"0.{buckets:D5}00E+1", $"{plain}e0", $"{plain}e+00"])
            {
                Assert.Equal(buckets, Parse(text).Buckets);
            }
        }
    }

    [Fact]
    public void Share_OfEveryStep_IsItsShortestText()
    {
        for (int buckets = 0; buckets <= BucketRange.BucketCount; buckets++)
        {
            string text = JsonSerializer.Serialize(Coverage.FromBuckets(buckets).Share);

            Assert.Equal(text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0') : text, text);
            Assert.Equal(buckets, Parse(text).Buckets);
        }
    }

    [Fact]
    public void TryParse_TruncatedDoubles_WouldBeWrongFor573Steps()
    {
        // Why the text is read and not the double: the bug that this type exists to rule out.
        int wrong = Enumerable.Range(0, BucketRange.BucketCount).Count(buckets => (int)(buckets / 10_000.0 * 10_000) != buckets);
        int wrongFromText = Enumerable.Range(0, BucketRange.BucketCount)
            .Count(buckets => Parse(JsonSerializer.Serialize(buckets / 10_000.0)).Buckets != buckets);

        Assert.Equal(573, wrong);
        Assert.Equal(0, wrongFromText);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void TryParse_AnyForm_IsReadByItsValue(string json, int buckets) => Assert.Equal(buckets, Parse(json).Buckets);

    [Theory]
    [InlineData("-0.1", "negative")]
    [InlineData("-1e-400", "negative")]
    [InlineData("-1e400", "negative")]
    [InlineData("1.0001", "above 1")]
    [InlineData("1.00000000000000000000000000000000000000001", "above 1")]
    [InlineData("2", "above 1")]
    [InlineData("10", "above 1")]
    [InlineData("1e1", "above 1")]
    [InlineData("1e99999999999999999999", "above 1")]
    [InlineData("0.00005", "between two steps")]
    [InlineData("0.99995", "between two steps")]
    [InlineData("1e-5", "between two steps")]
    [InlineData("1e-400", "between two steps")]
    [InlineData("1e-99999999999999999999", "between two steps")]
    [InlineData("0.000100000000000000000000000000000000000001", "between two steps")]
    [InlineData("0.3333333333333333", "between two steps")]
    public void TryParse_AnyOtherNumber_IsRefusedAndSaysWhy(string json, string reason)
    {
        Assert.False(Coverage.TryParse(json, out Coverage coverage, out string? fault));
        Assert.Equal(default, coverage);
        Assert.StartsWith("must be a number from 0 to 1 in steps of 0.0001; it ", fault, StringComparison.Ordinal);
        Assert.EndsWith(reason, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData(".5")]
    [InlineData("0.")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("0.5 ")]
    [InlineData(" 0.5")]
    [InlineData("0,5")]
    [InlineData("0x1")]
    [InlineData("\"0.5\"")]
    [InlineData("null")]
    [InlineData("٠")]
    public void TryParse_NoNumber_IsRefused(string json)
    {
        Assert.False(Coverage.TryParse(json, out _, out string? fault));
        Assert.Equal("must be a number from 0 to 1 in steps of 0.0001", fault);
    }

    [Fact]
    public void TryParse_AnyJsonNumber_IsTheDecimalTimes10000WhereThatIsWhole()
    {
        // Against decimals, which are exact for numbers as short as these.
        var random = new Random(1);
        for (int i = 0; i < LongRun.Count(20_000, full: 1_000_000); i++)
        {
            string json = $"{random.Next(3)}.{random.Next(200)}{(random.Next(2) == 0 ? "" : "00")}e{random.Next(-4, 2)}";
            decimal steps = decimal.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture) * 10_000;
            bool isAllowed = steps <= 10_000 && steps == decimal.Truncate(steps);

            Assert.True(isAllowed == Coverage.TryParse(json, out Coverage coverage, out _), json);
            Assert.True(!isAllowed || coverage.Buckets == steps, json);
        }
    }

    private static Coverage Parse(string json)
    {
        Assert.True(Coverage.TryParse(json, out Coverage coverage, out string? fault), $"{json}: {fault}");
        return coverage;
    }
}
