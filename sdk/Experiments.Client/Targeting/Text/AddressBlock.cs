namespace Experiments.Client.Targeting.Text;

/// <summary>All addresses of one network. Immutable.</summary>
internal readonly record struct AddressBlock
{
    private const int MappedBitCount = NetworkAddress.BitCount - NetworkAddress.IPv4BitCount;

    private AddressBlock(NetworkAddress address, int prefixLength)
    {
        UInt128 hostMask = prefixLength == 0 ? UInt128.MaxValue : ((UInt128)1 << (NetworkAddress.BitCount - prefixLength)) - 1;
        First = address.Bits & ~hostMask;
        Last = address.Bits | hostMask;

        // A network that is larger than all of IPv4 is one of IPv6, even if its text named a mapped address.
        IsIPv4 = address.IsIPv4 && prefixLength >= MappedBitCount;
    }

    public bool IsIPv4 { get; }

    /// <summary>Inclusive; see <see cref="NetworkAddress.Bits"/>.</summary>
    public UInt128 First { get; }

    /// <summary>Inclusive.</summary>
    public UInt128 Last { get; }

    /// <summary>
    /// Reads an address, alone or with <c>/</c> and the length of the prefix, 0..32 or 0..128, without leading zeros. Bits behind the
    /// prefix are ignored.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AddressBlock block)
    {
        block = default;
        int slash = text.IndexOf('/');
        ReadOnlySpan<char> addressText = slash < 0 ? text : text[..slash];
        if (!NetworkAddress.TryParse(addressText, out NetworkAddress address))
        {
            return false;
        }

        // Written as IPv6, a mapped address has a prefix of IPv6.
        int ownBits = addressText.Contains(':') ? NetworkAddress.BitCount : NetworkAddress.IPv4BitCount;
        int length = ownBits;
        if (slash >= 0 && !DecimalText.TryParse(text[(slash + 1)..], ownBits, out length))
        {
            return false;
        }

        block = new AddressBlock(address, length + NetworkAddress.BitCount - ownBits);
        return true;
    }

    /// <summary>A network of IPv6 holds no IPv4 address, also where it holds the mapped form.</summary>
    public bool Contains(NetworkAddress address) => address.IsIPv4 == IsIPv4 && address.Bits >= First && address.Bits <= Last;
}
