using System.Globalization;
using System.Numerics;

namespace Experiments.Client.Tests.Reference;

/// <summary>
/// IPv4 addresses in four decimal parts, IPv6 addresses as in RFC 4291 section 2.2, without zones; networks are an address, a slash
/// and a prefix length, bits behind it do not count; an address alone is a network of one.
/// </summary>
internal static class IpNetworks
{
    private const int MappedPrefix = 96;

    public static bool Contains(string network, string address)
    {
        string[] parts = network.Split('/');
        if (parts.Length > 2 || Address(parts[0]) is not { } start || Address(address) is not { } anyTested)
        {
            return false;
        }

        if ((parts.Length == 1 ? start.Bits : Decimal(parts[1], start.Bits)) is not { } prefixLength)
        {
            return false;
        }

        (BigInteger Value, int Bits) tested = Unmapped(anyTested);
        if (prefixLength >= MappedPrefix && Unmapped(start) is { Bits: 32 } mapped && start.Bits == 128)
        {
            start = mapped;
            prefixLength -= MappedPrefix;
        }

        int rest = start.Bits - prefixLength;
        return start.Bits == tested.Bits && start.Value >> rest == tested.Value >> rest;
    }

    /// <summary>An IPv4 address that is written as IPv6, <c>::ffff:10.0.0.1</c>, is that IPv4 address.</summary>
    private static (BigInteger Value, int Bits) Unmapped((BigInteger Value, int Bits) address) =>
        address.Bits == 128 && address.Value >> 32 == 0xffff ? (address.Value & uint.MaxValue, 32) : address;

    private static (BigInteger Value, int Bits)? Address(string text)
    {
        if (text.Contains(':'))
        {
            return Ipv6(text) is { } groups ? (Join(groups, 16), 128) : null;
        }

        return Ipv4(text) is { } bytes ? (Join(bytes, 8), 32) : null;
    }

    private static List<int>? Ipv4(string text)
    {
        string[] parts = text.Split('.');
        int?[] bytes = [.. parts.Select(part => Decimal(part, 255))];
        return parts.Length == 4 && bytes.All(value => value is not null) ? [.. bytes.Select(value => value!.Value)] : null;
    }

    private static List<int>? Ipv6(string text)
    {
        string[] sides = text.Split("::");
        if (sides.Length > 2)
        {
            return null;
        }

        List<int>? left = Groups(sides[0], isEnd: sides.Length == 1);
        if (sides.Length == 1)
        {
            return left is { Count: 8 } ? left : null;
        }

        List<int>? right = Groups(sides[1], isEnd: true);
        if (left is null || right is null || left.Count + right.Count > 7)
        {
            return null;
        }

        return [.. left, .. Enumerable.Repeat(0, 8 - left.Count - right.Count), .. right];
    }

    /// <summary>Groups between colons; the last one of an address may be an IPv4 address, which is two groups.</summary>
    private static List<int>? Groups(string text, bool isEnd)
    {
        List<int> groups = [];
        if (text.Length == 0)
        {
            return groups;
        }

        string[] parts = text.Split(':');
        for (int i = 0; i < parts.Length; i++)
        {
            if (isEnd && i == parts.Length - 1 && Ipv4(parts[i]) is { } bytes)
            {
                groups.Add((bytes[0] << 8) | bytes[1]);
                groups.Add((bytes[2] << 8) | bytes[3]);
            }
            else if (parts[i].Length is >= 1 and <= 4 && parts[i].All(char.IsAsciiHexDigit))
            {
                groups.Add(int.Parse(parts[i], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
            else
            {
                return null;
            }
        }

        return groups;
    }

    /// <summary>A decimal number without leading zeros.</summary>
    private static int? Decimal(string text, int max)
    {
        bool isNumber = text.Length is >= 1 and <= 3 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');
        return isNumber && int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is var value && value <= max ? value : null;
    }

    private static BigInteger Join(List<int> parts, int bits) =>
        parts.Aggregate(BigInteger.Zero, (sum, part) => (sum << bits) | part);
}
