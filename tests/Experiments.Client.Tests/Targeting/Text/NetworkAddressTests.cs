using System.Net;
using System.Net.Sockets;
using CsCheck;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

public sealed class NetworkAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("1.20.100.9")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("1::8")]
    [InlineData("0001:0db8:ABCD:abcd::")]
    [InlineData("::13.1.68.3")]
    [InlineData("64:ff9b::192.0.2.33")]
    [InlineData("1:2:3:4:5:6:1.2.3.4")]
    [InlineData("::ffff:129.144.52.38")]
    [InlineData("::ffff:8190:3426")]
    [InlineData("1:2:3:4:5::1.2.3.4")]
    public void TryParse_Address_IsTheOneOfTheFramework(string text)
    {
        Assert.True(NetworkAddress.TryParse(text, out NetworkAddress address));
        Assert.Equal(Expected(IPAddress.Parse(text)), address);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1..2.3")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.04")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.00")]
    [InlineData("1.2.3.0x4")]
    [InlineData("1.2.3.1000")]
    [InlineData("1.2.3.4 ")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.-4")]
    [InlineData("1.2.3.4:80")]
    [InlineData("1.2.3.٤")]
    [InlineData("1.2.3.4/32")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:::2")]
    [InlineData("1::2::3")]
    [InlineData("::1::")]
    [InlineData(":1")]
    [InlineData("1:")]
    [InlineData(":1::2")]
    [InlineData("1::2:")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("12345::")]
    [InlineData("00001::")]
    [InlineData("g::")]
    [InlineData("::g")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fe80::1%1")]
    [InlineData("::1 ")]
    [InlineData("::1.2.3")]
    [InlineData("::1.2.3.256")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3.4::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("1:2:3:4:5:1.2.3.4")]
    [InlineData("1:2:3:4:5:6::1.2.3.4")]
    [InlineData("::ffff:01.2.3.4")]
    [InlineData("localhost")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(NetworkAddress.TryParse(text, out _));

    [Fact]
    public void TryParse_AnyAddress_IsTheOneOfTheFramework()
    {
        // Groups are often zero, so that the framework writes gaps.
        Gen<byte[]> groups = Gen.OneOf(Gen.Const((byte)0), Gen.Const((byte)0xFF), Gen.Byte).Array[16];
        Property.Holds(
            Gen.Select(groups, Gen.Bool),
            pick =>
            {
                IPAddress address = new(pick.Item2 ? pick.Item1[..4] : pick.Item1);
                Assert.True(NetworkAddress.TryParse(address.ToString(), out NetworkAddress parsed), address.ToString());
                Assert.Equal(Expected(address), parsed);
            },
            LongRun.Count(10_000, 500_000));
    }

    [Fact]
    public void TryParse_AnyText_IsNeverLaxerThanTheFramework()
    {
        Gen<string> text = Property.OneOf(":", ":", ":", ".", "0", "1", "2", "5", "f", "A", "::", "1.2.3.4", "25", "ffff")
            .Array[0, 16].Select(parts => string.Concat(parts));
        int valid = 0;
        Property.Holds(
            text,
            candidate =>
            {
                if (NetworkAddress.TryParse(candidate, out NetworkAddress address))
                {
                    valid++;
                    Assert.True(IPAddress.TryParse(candidate, out IPAddress? expected), candidate);
                    Assert.Equal(Expected(expected), address);
                }
                else if (candidate.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(candidate, out _))
                {
                    // The framework also takes numbers with leading zeros inside of an embedded IPv4 address.
                    Assert.Matches(@"(^|[.:])0\d|[.]\d*[.:]", candidate);
                }
            },
            LongRun.Count(50_000, 1_000_000));
        Assert.True(valid > 100, $"{valid}");
    }

    [Fact]
    public void TryParse_ValidAndInvalid_AllocatesNothing() => Assert.Equal(0, Allocated.Bytes(() =>
    {
        _ = NetworkAddress.TryParse("192.168.100.200", out _);
        _ = NetworkAddress.TryParse("2001:db8::ffff:1.2.3.4", out _);
        _ = NetworkAddress.TryParse("1:2:3:4:5:6:7:8:9", out _);
    }));

    internal static NetworkAddress Expected(IPAddress address)
    {
        IPAddress six = address.AddressFamily == AddressFamily.InterNetwork ? address.MapToIPv6() : address;
        UInt128 bits = six.GetAddressBytes().Aggregate(UInt128.Zero, (sum, octet) => (sum << 8) | octet);
        return new NetworkAddress(six.IsIPv4MappedToIPv6, bits);
    }
}
