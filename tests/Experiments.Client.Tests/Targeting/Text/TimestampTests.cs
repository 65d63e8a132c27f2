using System.Globalization;
using CsCheck;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

public sealed class TimestampTests
{
    private const double YearZero = -62_167_219_200_000;

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01t00:00:00z", 0)]
    [InlineData("1970-01-01 00:00:00Z", 0)]
    [InlineData("1970-01-01T00:00:00-00:00", 0)]
    [InlineData("1970-01-01T01:30:00+01:30", 0)]
    [InlineData("1969-12-31T00:01:00-23:59", 0)]
    [InlineData("1969-12-31T23:59:59.999Z", -1)]
    [InlineData("1970-01-01T00:00:00.5Z", 500)]
    [InlineData("1970-01-01T00:00:00.0005Z", 0.5)]
    [InlineData("1970-01-01T00:00:00.000000001Z", 0.000001)]
    [InlineData("1970-01-01T00:00:00.123456789012345678901234567890+00:00", 123.456789012345)]
    [InlineData("2024-02-29T12:34:56.789Z", 1_709_210_096_789)]
    [InlineData("1985-04-12T23:20:50.52Z", 482_196_050_520)]
    [InlineData("1996-12-19T16:39:57-08:00", 851_042_397_000)]
    [InlineData("1990-12-31T23:59:60Z", 662_688_000_000)]
    [InlineData("1990-12-31T15:59:60-08:00", 662_688_000_000)]
    [InlineData("1990-12-31T23:59:60.75Z", 662_688_000_000)]
    [InlineData("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130)]
    [InlineData("0000-01-01T00:00:00Z", YearZero)]
    [InlineData("0000-01-01T00:00:00+00:01", YearZero - 60_000)]
    [InlineData("0000-02-29T00:00:00Z", YearZero + (59 * 86_400_000.0))]
    [InlineData("0001-01-01T00:00:00Z", -62_135_596_800_000)]
    [InlineData("9999-12-31T23:59:59.999Z", 253_402_300_799_999)]
    [InlineData("9999-12-31T23:59:59-23:59", 253_402_300_799_000 + (1_439 * 60_000.0))]
    public void TryParse_Timestamp_IsMillisecondsSince1970(string text, double unixMs)
    {
        Assert.True(Timestamp.TryParse(text, out Instant parsed));
        Assert.Equal(unixMs, parsed.UnixMs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2024")]
    [InlineData("2024-01-01")]
    [InlineData("2024-01-01T00:00:00")]
    [InlineData("2024-01-01T00:00Z")]
    [InlineData("2024-01-01T00:00:00,5Z")]
    [InlineData("2024-01-01T00:00:00.Z")]
    [InlineData("2024-01-01T00:00:00.5")]
    [InlineData("2024-01-01T00:00:00.5.5Z")]
    [InlineData("2024-01-01T00:00:00ZZ")]
    [InlineData("2024-01-01T00:00:00Z ")]
    [InlineData(" 2024-01-01T00:00:00Z")]
    [InlineData("2024-01-01_00:00:00Z")]
    [InlineData("2024-01-01\u00a000:00:00Z")]
    [InlineData("2024/01/01T00:00:00Z")]
    [InlineData("2024-1-01T00:00:00Z")]
    [InlineData("+024-01-01T00:00:00Z")]
    [InlineData("-024-01-01T00:00:00Z")]
    [InlineData("12024-01-01T00:00:00Z")]
    [InlineData("2024-00-01T00:00:00Z")]
    [InlineData("2024-13-01T00:00:00Z")]
    [InlineData("2024-01-00T00:00:00Z")]
    [InlineData("2024-01-32T00:00:00Z")]
    [InlineData("2024-04-31T00:00:00Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("1900-02-29T00:00:00Z")]
    [InlineData("2024-02-30T00:00:00Z")]
    [InlineData("2024-01-01T24:00:00Z")]
    [InlineData("2024-01-01T00:60:00Z")]
    [InlineData("2024-01-01T00:00:61Z")]
    [InlineData("2024-01-01T00:00:60Z")]
    [InlineData("2024-01-01T23:59:60+01:00")]
    [InlineData("2024-01-01T00:00:00+24:00")]
    [InlineData("2024-01-01T00:00:00+00:60")]
    [InlineData("2024-01-01T00:00:00+0000")]
    [InlineData("2024-01-01T00:00:00+00")]
    [InlineData("2024-01-01T00:00:00+0:00")]
    [InlineData("2024-01-01T00:00:00+00:000")]
    [InlineData("2024-01-01T00:00:00 +00:00")]
    [InlineData("2024-01-01T00:00:00\u221200:00")]
    [InlineData("2024-01-01T00:00:00 UTC")]
    [InlineData("٢٠٢٤-01-01T00:00:00Z")]
    [InlineData("2024-01-01T0a:00:00Z")]
    [InlineData("2024-01-01T00:00:00.1aZ")]
    [InlineData("2024-W01-1T00:00:00Z")]
    public void TryParse_AnythingElse_IsRefused(string text)
    {
        Assert.False(Timestamp.TryParse(text, out Instant instant));
        Assert.Equal(Instant.None, instant);
    }

    [Fact]
    public void TryParse_AnyMoment_AgreesWithDateTimeOffset() => Property.Holds(
        Gen.Select(Gen.Long[-62_135_596_800_000 + 86_400_000, 253_402_300_799_999 - 86_400_000], Gen.Int[-839, 839]),
        moment =>
        {
            DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(moment.Item1).ToOffset(TimeSpan.FromMinutes(moment.Item2));
            string text = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
            Assert.True(Timestamp.TryParse(text, out Instant instant), text);
            Assert.Equal(moment.Item1, instant.UnixMs);
        },
        LongRun.Count(20_000, 500_000));

    [Fact]
    public void TryParse_EveryDayOf400Years_FollowsTheDayBefore()
    {
        for (DateTime day = new(1900, 1, 1); day.Year < 2301; day = day.AddDays(1))
        {
            Assert.True(Timestamp.TryParse(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z", out Instant instant));
            Assert.Equal((day - DateTime.UnixEpoch).TotalMilliseconds, instant.UnixMs);
        }
    }

    [Fact]
    public void TryParse_MutatedTexts_NeverThrows() => Property.Holds(
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30], Gen.Char),
        edit =>
        {
            char[] text = "2016-12-31T23:59:60.123+00:00".ToCharArray();
            text[edit.Item1 % text.Length] = edit.Item3;
            _ = Timestamp.TryParse(text.AsSpan(0, Math.Min(text.Length, edit.Item2)), out _);
            _ = Timestamp.TryParse(text, out _);
        },
        LongRun.Count(20_000, 500_000));

    [Fact]
    public void TryParse_ValidAndInvalid_AllocatesNothing() => Assert.Equal(0, Allocated.Bytes(() =>
    {
        _ = Timestamp.TryParse("2024-02-29T12:34:56.789012345+01:30", out _);
        _ = Timestamp.TryParse("2024-02-30T12:34:56Z", out _);
    }));
}
