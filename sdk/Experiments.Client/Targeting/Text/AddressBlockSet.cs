namespace Experiments.Client.Targeting.Text;

/// <summary>The networks of one operand. Immutable and safe for threads; looking an address up allocates nothing.</summary>
internal sealed class AddressBlockSet
{
    private readonly AddressRanges<uint> _ipv4;
    private readonly AddressRanges<UInt128> _ipv6;

    /// <param name="networks">See <see cref="AddressBlock.TryParse"/>; invalid ones are left out.</param>
    public AddressBlockSet(IEnumerable<string> networks)
    {
        List<AddressBlock> blocks = [];
        List<string> invalid = [];
        foreach (string network in networks)
        {
            if (AddressBlock.TryParse(network, out AddressBlock block))
            {
                blocks.Add(block);
            }
            else
            {
                invalid.Add(network);
            }
        }

        InvalidNetworks = invalid;

        // Of an IPv4 address in its mapped form the low 32 bits are the address.
        _ipv4 = new(blocks.Where(static block => block.IsIPv4).Select(static block => ((uint)block.First, (uint)block.Last)));
        _ipv6 = new(blocks.Where(static block => !block.IsIPv4).Select(static block => (block.First, block.Last)));
    }

    /// <summary>As they were given, in their order.</summary>
    public IReadOnlyList<string> InvalidNetworks { get; }

    /// <summary>How many ranges are left after networks that overlap or touch were merged.</summary>
    public int RangeCount => _ipv4.Count + _ipv6.Count;

    /// <summary>Whether one of the networks holds the address; none holds a text that is no address.</summary>
    public bool Contains(ReadOnlySpan<char> address)
    {
        if (!NetworkAddress.TryParse(address, out NetworkAddress parsed))
        {
            return false;
        }

        return parsed.IsIPv4 ? _ipv4.Contains((uint)parsed.Bits) : _ipv6.Contains(parsed.Bits);
    }
}
