namespace Experiments.Client.Snapshots.Loading;

/// <summary>The predicates that were read since the last <see cref="Clear"/>, in one list: nothing is allocated for each.</summary>
internal sealed class PredicateTree
{
    private Predicate[] _nodes = new Predicate[64];

    public int Count { get; private set; }

    /// <summary>Ranges of bucket tests.</summary>
    public List<(UInt128 Start, UInt128 End)> Ranges { get; } = [];

    public ref Predicate this[int node] => ref _nodes[node];

    public void Clear()
    {
        Count = 0;
        Ranges.Clear();
    }

    public int Add(Predicate node)
    {
        if (Count == _nodes.Length)
        {
            Array.Resize(ref _nodes, _nodes.Length * 2);
        }

        node.NextSibling = Predicate.None;
        _nodes[Count] = node;
        return Count++;
    }

    public int Add(PredicateKind kind, int firstChild = Predicate.None) => Add(new Predicate { Kind = kind, FirstChild = firstChild });

    public int Not(int child) => Add(PredicateKind.Not, child);

    /// <summary>Links nodes in the order of their calls.</summary>
    /// <param name="first">The first of them; set by the first call.</param>
    /// <param name="last">The last of them; moved by each call.</param>
    /// <param name="node">What is added.</param>
    public void Append(ref int first, ref int last, int node)
    {
        if (first == Predicate.None)
        {
            first = node;
        }
        else
        {
            _nodes[last].NextSibling = node;
        }

        last = node;
    }
}
