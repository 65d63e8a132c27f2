namespace Experiments.Client.Targeting.Text;

/// <summary>
/// An IPv4 or IPv6 address. An IPv6 address that holds an IPv4 one (<c>::ffff:1.2.3.4</c>) is that IPv4 address.
/// </summary>
/// <param name="IsIPv4">Which of the two.</param>
/// <param name="Bits">As an IPv6 address; IPv4 in its mapped form, so inside of <c>::ffff:0:0/96</c>.</param>
internal readonly record struct NetworkAddress(bool IsIPv4, UInt128 Bits)
{
    public const int BitCount = 128;

    public const int IPv4BitCount = 32;

    private const int GroupBits = 16;
    private const int GroupCount = 8;
    private const int GroupsOfIPv4 = 2;
    private const int MaxGroupDigits = 4;
    private const int OctetCount = 4;

    // ::ffff:0:0/96 without its last 32 bits.
    private const ulong MappedPrefix = 0xFFFF;

    public static NetworkAddress From(UInt128 bits) => new(bits >> IPv4BitCount == MappedPrefix, bits);

    public static NetworkAddress FromIPv4(uint bits) => new(IsIPv4: true, ((UInt128)MappedPrefix << IPv4BitCount) | bits);

    /// <summary>
    /// Reads four decimal numbers without leading zeros, or IPv6 as RFC 4291 writes it, with <c>::</c> for at least one group. No zone,
    /// no brackets, no port, no prefix length.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NetworkAddress address)
    {
        if (text.Contains(':'))
        {
            bool isIPv6 = TryParseIPv6(text, out UInt128 bits);
            address = From(bits);
            return isIPv6;
        }

        bool isIPv4 = TryParseIPv4(text, out uint low);
        address = FromIPv4(low);
        return isIPv4;
    }

    private static bool TryParseIPv4(ReadOnlySpan<char> text, out uint bits)
    {
        bits = 0;
        for (int i = 0; i < OctetCount; i++)
        {
            int dot = text.IndexOf('.');
            bool isLast = i == OctetCount - 1;
            if (isLast != (dot < 0) || !DecimalText.TryParse(isLast ? text : text[..dot], byte.MaxValue, out int octet))
            {
                return false;
            }

            bits = (bits << 8) | (uint)octet;
            text = text[(dot + 1)..];
        }

        return true;
    }

    private static bool TryParseIPv6(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        int gap = text.IndexOf("::");
        if (gap < 0)
        {
            return TryParseGroups(text, allowsIPv4: true, out bits, out int all) && all == GroupCount;
        }

        if (!TryParseGroups(text[..gap], allowsIPv4: false, out UInt128 high, out int highCount)
            || !TryParseGroups(text[(gap + 2)..], allowsIPv4: true, out UInt128 low, out int lowCount)
            || highCount + lowCount >= GroupCount)
        {
            return false;
        }

        // A shift by all bits would shift by none.
        bits = highCount == 0 ? low : (high << ((GroupCount - highCount) * GroupBits)) | low;
        return true;
    }

    /// <summary>Groups with colons between, or nothing. The last 32 bits may be written as IPv4.</summary>
    private static bool TryParseGroups(ReadOnlySpan<char> text, bool allowsIPv4, out UInt128 bits, out int count)
    {
        bits = 0;
        count = 0;
        bool isMore = text.Length > 0;
        while (isMore)
        {
            int colon = text.IndexOf(':');
            ReadOnlySpan<char> group = colon < 0 ? text : text[..colon];
            if (colon < 0 && allowsIPv4 && group.Contains('.'))
            {
                count += GroupsOfIPv4;
                bool isIPv4 = TryParseIPv4(group, out uint low);
                bits = (bits << IPv4BitCount) | low;
                return isIPv4 && count <= GroupCount;
            }

            if (count == GroupCount || !TryParseGroup(group, out uint value))
            {
                return false;
            }

            count++;
            bits = (bits << GroupBits) | value;
            isMore = colon >= 0;
            text = text[(colon + 1)..];
        }

        return true;
    }

    private static bool TryParseGroup(ReadOnlySpan<char> digits, out uint value)
    {
        value = 0;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }

            int digitValue = char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
            value = (value << 4) | (uint)digitValue;
        }

        return digits.Length is > 0 and <= MaxGroupDigits;
    }
}
