using System.Net;
using CsCheck;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

public sealed class AddressBlockSetTests
{
    [Fact]
    public void Contains_NoNetworks_IsFalse() => Assert.False(new AddressBlockSet([]).Contains("1.2.3.4"));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4/32")]
    [InlineData("[::1]")]
    [InlineData("\ud800")]
    public void Contains_NoAddress_IsFalse(string text) => Assert.False(new AddressBlockSet(["0.0.0.0/0", "::/0"]).Contains(text));

    [Fact]
    public void InvalidNetworks_SomeAmongValid_AreReportedAndLeftOut()
    {
        AddressBlockSet set = new(["10.0.0.0/8", "10.0.0.0/33", "::1", "", "example.org"]);
        Assert.Equal(["10.0.0.0/33", "", "example.org"], set.InvalidNetworks);
        Assert.True(set.Contains("10.1.1.1"));
        Assert.True(set.Contains("::1"));
        Assert.Equal(2, set.RangeCount);
    }

    [Theory]
    [InlineData("10.0.0.0/9 10.128.0.0/9", 1)]
    [InlineData("10.0.0.0/8 10.1.2.3 10.0.0.0/8", 1)]
    [InlineData("10.0.0.0/8 12.0.0.0/8", 2)]
    [InlineData("255.255.255.255 255.255.255.254 0.0.0.0/1", 2)]
    [InlineData("0.0.0.0/0 255.255.255.255 128.0.0.0/1", 1)]
    [InlineData("::/0 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 8000::/1", 1)]
    [InlineData("1.2.3.4 ::ffff:1.2.3.4", 1)]
    [InlineData("0.0.0.0/0 ::/0", 2)]
    public void RangeCount_NetworksThatOverlapOrTouch_AreMerged(string networks, int ranges) =>
        Assert.Equal(ranges, new AddressBlockSet(networks.Split(' ')).RangeCount);

    [Fact]
    public void Contains_RandomNetworks_AgreesWithTheFramework()
    {
        // Few different octets, so that networks overlap and addresses hit.
        Gen<byte> octet = Property.OneOf<byte>(0, 0, 1, 2, 10, 127, 128, 255);
        Gen<(byte[] Address, int Length)> network = Gen.OneOf(
            Gen.Select(octet.Array[4], Gen.Int[1, 32]), Gen.Select(octet.Array[16], Gen.Int[1, 128]));
        Gen<byte[]> address = Gen.OneOf(octet.Array[4], octet.Array[16]);
        Property.Holds(
            Gen.Select(network.Array[0, 40], address.Array[1, 20]),
            sample =>
            {
                IPNetwork[] networks = [.. sample.Item1.Select(item => Masked(item.Address, item.Length))];
                AddressBlockSet set = new(sample.Item1.Select(item => $"{new IPAddress(item.Address)}/{item.Length}"));
                Assert.Empty(set.InvalidNetworks);
                foreach (IPAddress candidate in sample.Item2.Select(bytes => new IPAddress(bytes)).Where(item => !item.IsIPv4MappedToIPv6))
                {
                    Assert.True(networks.Any(item => item.Contains(candidate)) == set.Contains(candidate.ToString()), candidate.ToString());
                }
            },
            LongRun.Count(3_000, 100_000));
    }

    [Fact]
    public void Contains_ManyNetworks_FindsEachAndItsNeighboursNot()
    {
        // Every other /24 of 10.0.0.0/8.
        AddressBlockSet set = new(Enumerable.Range(0, 1 << 15).Select(i => $"10.{i >> 7}.{(i & 127) * 2}.0/24"));
        Assert.Equal(1 << 15, set.RangeCount);
        for (int i = 0; i < 1 << 16; i++)
        {
            Assert.Equal(i % 2 == 0, set.Contains($"10.{i >> 8}.{i & 255}.{i % 250}"));
        }
    }

    [Fact]
    public void Contains_BothKinds_AllocatesNothing()
    {
        AddressBlockSet set = new(Enumerable.Range(0, 200).SelectMany(i => new[] { $"10.{i}.0.0/17", $"2001:{i:x}::/32" }));
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            set.Contains("10.100.1.1");
            set.Contains("2001:64::1");
            set.Contains("::ffff:10.100.1.1");
            set.Contains("no address");
        }));
    }

    private static IPNetwork Masked(byte[] address, int length)
    {
        byte[] masked = [.. address.Select((octet, i) => (byte)(octet & (0xFF00 >> Math.Clamp(length - (i * 8), 0, 8))))];
        return new IPNetwork(new IPAddress(masked), length);
    }
}
