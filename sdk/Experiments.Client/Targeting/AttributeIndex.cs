namespace Experiments.Client.Targeting;

/// <summary>
/// Every attribute that conditions and hashes of a snapshot look at, as a tree over their names: one pass over a context finds all of
/// them, however many there are. Filled at load, then only read.
/// </summary>
internal sealed class AttributeIndex
{
    public const int NoSlot = -1;

    private readonly List<Node> _nodes = [new Node()];
    private readonly List<AttributePath> _paths = [];
    private readonly List<ScalarIndex?> _scalars = [];

    /// <summary>By slot.</summary>
    public IReadOnlyList<AttributePath> Paths => _paths;

    /// <summary>All operands that attributes are compared with, by number.</summary>
    public List<Scalar> Scalars { get; } = [.. Scalar.Fixed];

    /// <summary>Number of nodes of the tree; node 0 is the context itself.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>Whether any slot is one that no name finds.</summary>
    public bool HasElements { get; private set; }

    /// <summary>Whether any attribute is found by a walk.</summary>
    public bool HasWalks { get; private set; }

    /// <summary>A slot that no name finds: for elements of an array.</summary>
    public int AddElement(AttributePath path)
    {
        HasElements = true;
        return AddSlot(path);
    }

    public int Add(AttributePath path)
    {
        int slot = AddSlot(path);
        if (path.Name is { } name)
        {
            _nodes[ChildOf(0, name)].WholeSlot = slot;
        }

        if (path.Segments.Length is > 0 and <= AttributePath.MaxSegments)
        {
            HasWalks = true;
            int node = 0;
            foreach (AttributePath.Segment segment in path.Segments)
            {
                node = ChildOf(node, segment.Name);
            }

            if (path.Name is null)
            {
                _nodes[node].ExactSlot = slot;
            }
            else
            {
                _nodes[node].DottedSlot = slot;
            }
        }

        return slot;
    }

    /// <summary>For adding operands.</summary>
    public ScalarIndex ScalarsOf(int slot) => _scalars[slot] ??= new ScalarIndex();

    /// <summary>Which of the attribute's operands the value equals.</summary>
    public int ScalarOf(int slot, in AttributeValue value) => _scalars[slot]?.Of(in value) ?? Scalar.Unknown;

    public AttributePath PathOf(int slot) => _paths[slot];

    public Node NodeOf(int node) => _nodes[node];

    private int AddSlot(AttributePath path)
    {
        _paths.Add(path);
        _scalars.Add(null);
        return _paths.Count - 1;
    }

    private int ChildOf(int parent, string name)
    {
        if (!_nodes[parent].TryFind(name, out int child))
        {
            child = _nodes.Count;
            _nodes.Add(new Node());
            _nodes[parent].Add(name, child);
        }

        return child;
    }

    /// <summary>One name on the way to an attribute.</summary>
    internal sealed class Node
    {
        private readonly List<(AttributePath.Segment Segment, int Node)> _children = [];
        private Dictionary<string, int>? _byName;
        private Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

        /// <summary>Slot that this name at the top of the context fills, dots and all.</summary>
        public int WholeSlot { get; set; } = NoSlot;

        /// <summary>Slot of the exact path that ends here.</summary>
        public int ExactSlot { get; set; } = NoSlot;

        /// <summary>Slot of the dotted name that ends here; an attribute of the whole name comes before it.</summary>
        public int DottedSlot { get; set; } = NoSlot;

        public IReadOnlyList<(AttributePath.Segment Segment, int Node)> Children => _children;

        public bool TryFind(ReadOnlySpan<char> name, out int child)
        {
            child = 0;
            return _byName is not null && _lookup.TryGetValue(name, out child);
        }

        public void Add(string name, int child)
        {
            if (_byName is null)
            {
                _byName = new Dictionary<string, int>(StringComparer.Ordinal);
                _lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
            }

            _byName.Add(name, child);
            _children.Add((new AttributePath.Segment(name), child));
        }
    }
}
