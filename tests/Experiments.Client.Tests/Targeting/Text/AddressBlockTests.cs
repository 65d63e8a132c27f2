using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

public sealed class AddressBlockTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0 10.255.255.255", "9.255.255.255 11.0.0.0 ::a00:1")]
    [InlineData("10.1.2.3/8", "10.0.0.0 10.255.255.255", "11.0.0.0")]
    [InlineData("192.168.1.128/25", "192.168.1.128 192.168.1.255", "192.168.1.127 192.168.2.0")]
    [InlineData("1.2.3.4", "1.2.3.4 ::ffff:1.2.3.4 ::FFFF:102:304", "1.2.3.5 1.2.3.3 ::1.2.3.4")]
    [InlineData("1.2.3.4/32", "1.2.3.4", "1.2.3.5")]
    [InlineData("1.2.3.4/31", "1.2.3.4 1.2.3.5", "1.2.3.6 1.2.3.3")]
    [InlineData("0.0.0.0/0", "0.0.0.0 255.255.255.255 ::ffff:8.8.8.8", ":: ::1 ffff::")]
    [InlineData("255.255.255.255", "255.255.255.255", "255.255.255.254")]
    [InlineData("::/0", ":: ::1 2001:db8::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "1.2.3.4 ::ffff:1.2.3.4")]
    [InlineData("2001:db8::/32", "2001:db8:: 2001:DB8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:: 2001:db9:: 32.1.13.184")]
    [InlineData("2001:db8::1:2:3/32", "2001:db8::", "2001:db9::")]
    [InlineData("2001:db8::1", "2001:db8::1 2001:0db8:0:0:0:0:0:1 2001:db8:0::0.0.0.1", "2001:db8::2")]
    [InlineData("::1/128", "::1 0:0:0:0:0:0:0:1 ::0.0.0.1", "::2 0.0.0.1")]
    [InlineData("fe80::/10", "fe80:: febf:ffff::", "fe7f:: fec0::")]
    [InlineData("::ffff:0:0/96", "0.0.0.0 255.255.255.255", ":: ::fffe:0:0 ::1:0:0:0")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.1 ::ffff:10.0.0.1", "11.0.0.1")]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4", "1.2.3.5")]
    [InlineData("::ffff:1.2.3.4/128", "1.2.3.4", "1.2.3.5")]
    [InlineData("::ffff:0:0/95", "::fffe:0:0 ::fffe:1.2.3.4", "1.2.3.4 ::ffff:1.2.3.4")]
    public void Contains_Addresses_OfTheNetworkOnly(string network, string inside, string outside)
    {
        Assert.True(AddressBlock.TryParse(network, out AddressBlock block));
        Assert.All(inside.Split(' '), address => Assert.True(block.Contains(Parse(address)) && Set(network).Contains(address), address));
        Assert.All(outside.Split(' '), address => Assert.False(block.Contains(Parse(address)) || Set(network).Contains(address), address));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0.0/8 ")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("10.0.0.0/99999999999")]
    [InlineData("10.0.0/8")]
    [InlineData("10/8")]
    [InlineData("::/129")]
    [InlineData("::/1000")]
    [InlineData("::/00")]
    [InlineData("::ffff:1.2.3.4/129")]
    [InlineData("[::]/0")]
    [InlineData("fe80::%1/64")]
    public void TryParse_NoNetwork_IsRefused(string text) => Assert.False(AddressBlock.TryParse(text, out _));

    private static AddressBlockSet Set(string network) => new([network]);

    private static NetworkAddress Parse(string text)
    {
        Assert.True(NetworkAddress.TryParse(text, out NetworkAddress address), text);
        return address;
    }
}
