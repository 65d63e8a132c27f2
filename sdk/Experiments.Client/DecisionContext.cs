namespace Experiments.Client;

/// <summary>
/// A reusable set of attributes. Its buffers are kept by <see cref="Clear"/>, so one that is filled, used and cleared per request
/// allocates nothing after the first few. Not thread-safe while it is changed; any number of threads may decide with it otherwise.
/// </summary>
/// <remarks>
/// Attributes are nodes in one array: each knows its name and value, its next sibling and, for lists and objects, its newest child.
/// Siblings are linked newest first, so that the first match of a name is the last one that was given, which is the one that counts.
/// </remarks>
public sealed class DecisionContext
{
    /// <summary>Index of the node that stands for the context itself.</summary>
    internal const int Root = 0;

    private ContextNode[] _nodes = new ContextNode[16];
    private char[] _text = new char[256];
    private int _nodeCount = 1;
    private int _textLength;

    /// <summary>A context without attributes.</summary>
    public DecisionContext() => Clear();

    /// <summary>Number of attributes at the top level, duplicates included.</summary>
    public int Count => _nodes[Root].ChildCount;

    /// <summary>Adds a string, or the null attribute; a later attribute of the same name replaces an earlier one.</summary>
    public DecisionContext Set(string name, string? value) => Set(new ContextAttribute(name, value));

    /// <summary>Adds a number; a later attribute of the same name replaces an earlier one.</summary>
    public DecisionContext Set(string name, double value) => Set(new ContextAttribute(name, value));

    /// <summary>Adds a boolean; a later attribute of the same name replaces an earlier one.</summary>
    public DecisionContext Set(string name, bool value) => Set(new ContextAttribute(name, value));

    /// <summary>Removes every attribute and keeps the buffers.</summary>
    public DecisionContext Clear()
    {
        _nodes[Root] = new ContextNode { Kind = ContextValueKind.Object, FirstChild = ContextNode.None };
        _nodeCount = 1;
        _textLength = 0;
        return this;
    }

    internal ref readonly ContextNode this[int node] => ref _nodes[node];

    internal ReadOnlySpan<char> Text(int start, int length) => _text.AsSpan(start, length);

    /// <summary>Room for at least <paramref name="length"/> characters; what was written is claimed by <see cref="Commit"/>.</summary>
    internal Span<char> Reserve(int length)
    {
        if (_text.Length - _textLength < length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + length));
        }

        return _text.AsSpan(_textLength);
    }

    /// <summary>Claims what was written after <see cref="Reserve"/> and answers where it starts.</summary>
    internal int Commit(int length)
    {
        int start = _textLength;
        _textLength += length;
        return start;
    }

    /// <summary>Adds a node as the newest child of <paramref name="parent"/> and answers its index.</summary>
    internal int Add(int parent, ContextNode node)
    {
        if (_nodeCount == _nodes.Length)
        {
            Array.Resize(ref _nodes, _nodes.Length * 2);
        }

        int index = _nodeCount++;
        node.NextSibling = _nodes[parent].FirstChild;
        node.FirstChild = ContextNode.None;
        _nodes[index] = node;
        _nodes[parent].FirstChild = index;
        _nodes[parent].ChildCount++;
        return index;
    }

    private DecisionContext Set(ContextAttribute attribute)
    {
        var node = new ContextNode { Kind = attribute.Kind, Number = attribute.Number, NameLength = attribute.Name.Length };
        node.NameStart = Copy(attribute.Name);
        if (attribute.Text is { } text)
        {
            node.TextStart = Copy(text);
            node.TextLength = text.Length;
        }

        Add(Root, node);
        return this;
    }

    private int Copy(string text)
    {
        text.CopyTo(Reserve(text.Length));
        return Commit(text.Length);
    }
}
