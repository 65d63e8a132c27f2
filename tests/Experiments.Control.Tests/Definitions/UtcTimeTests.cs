using Experiments.Control.Definitions;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Control.Tests.Definitions;

public sealed class UtcTimeTests
{
    [Fact]
    public void Now_BetweenMilliseconds_IsCutToTheEarlierOne()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero).AddTicks(9999));

        Assert.Equal("2026-01-02T03:04:05.678Z", UtcTime.Write(UtcTime.Now(time)));
    }

    [Fact]
    public void Write_WholeSecond_HasThreeZeros() =>
        Assert.Equal("2026-01-02T03:04:05.000Z", UtcTime.Write(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

    [Fact]
    public void Write_OtherOffset_IsConverted() =>
        Assert.Equal("2026-01-01T22:04:05.000Z", UtcTime.Write(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(5))));
}
