using System.Buffers;

namespace Experiments.Client.Targeting;

/// <summary>Attributes from a <see cref="DecisionContext"/>. A handle is the index of a node, or that of an array with
/// <see cref="LengthFlag"/> where the path asks for its length.</summary>
internal readonly struct ContextAttributes(DecisionContext context) : IAttributes
{
    private const int LengthFlag = 1 << 30;
    private const int StackNodes = 512;

    public int Count => context.Count;

    public int Find(AttributePath path)
    {
        int node = path.Name is null ? ContextNode.None : FindChild(DecisionContext.Root, path.Name);
        return node != ContextNode.None || path.Segments.Length == 0 ? node : Walk(DecisionContext.Root, path.Segments);
    }

    public AttributeValue Get(int handle)
    {
        ref readonly ContextNode node = ref context[handle & ~LengthFlag];
        return (handle & LengthFlag) != 0
            ? new AttributeValue(ContextValueKind.Number, node.ChildCount, default)
            : new AttributeValue(node.Kind, node.Number, context.Text(node.TextStart, node.TextLength));
    }

    public bool Is(int handle, ref readonly Scalar scalar) => handle == IAttributes.Missing
        ? scalar.Kind == ContextValueKind.Missing
        : scalar.Equals(Get(handle));

    public bool IsIn(int handle, ReadOnlySpan<int> numbers, Scalar[] scalars)
    {
        AttributeValue value = Get(handle);
        foreach (int number in numbers)
        {
            if (scalars[number].Equals(in value))
            {
                return true;
            }
        }

        return false;
    }

    public int Walk(int handle, AttributePath.Segment[] segments)
    {
        int current = handle;
        foreach (AttributePath.Segment segment in segments)
        {
            // The length of an array is a number, which has no members.
            if ((current & LengthFlag) != 0)
            {
                return IAttributes.Missing;
            }

            ref readonly ContextNode node = ref context[current];
            current = node.Kind switch
            {
                ContextValueKind.Object => FindChild(current, segment.Name),
                ContextValueKind.Array when segment.IsLength => LengthOf(current),
                ContextValueKind.Array => FindElement(in node, segment.Index),
                _ => ContextNode.None,
            };
            if (current == ContextNode.None)
            {
                return IAttributes.Missing;
            }
        }

        return current;
    }

    public int ElementCount(int handle) =>
        (handle & LengthFlag) == 0 && context[handle].Kind == ContextValueKind.Array ? context[handle].ChildCount : -1;

    public int LengthOf(int handle) => handle | LengthFlag;

    public void Elements(int handle, scoped Span<int> elements)
    {
        // They are linked newest first.
        int element = context[handle].FirstChild;
        for (int i = elements.Length - 1; i >= 0; i--)
        {
            elements[i] = element;
            element = context[element].NextSibling;
        }
    }

    public void Fill(AttributeIndex index, Span<AttributeCell> cells)
    {
        FillWhole(index, cells);
        if (!index.HasWalks)
        {
            return;
        }

        bool[]? rented = null;
        Span<bool> seen = index.NodeCount <= StackNodes
            ? stackalloc bool[StackNodes]
            : (rented = ArrayPool<bool>.Shared.Rent(index.NodeCount));
        seen = seen[..index.NodeCount];
        seen.Clear();
        FillWalks(index, cells, seen, index.NodeOf(0), DecisionContext.Root);
        if (rented is not null)
        {
            ArrayPool<bool>.Shared.Return(rented);
        }
    }

    private void FillWhole(AttributeIndex index, Span<AttributeCell> cells)
    {
        AttributeIndex.Node root = index.NodeOf(0);
        for (int child = context[DecisionContext.Root].FirstChild; child != ContextNode.None; child = context[child].NextSibling)
        {
            ref readonly ContextNode node = ref context[child];
            if (root.TryFind(context.Text(node.NameStart, node.NameLength), out int found))
            {
                FillCell(index, cells, index.NodeOf(found).WholeSlot, child);
            }
        }
    }

    /// <summary>Goes down wherever the context and the names of the snapshot go the same way.</summary>
    private void FillWalks(AttributeIndex index, Span<AttributeCell> cells, Span<bool> seen, AttributeIndex.Node names, int parent)
    {
        if (context[parent].Kind == ContextValueKind.Array)
        {
            foreach ((AttributePath.Segment segment, int found) in names.Children)
            {
                int element = segment.IsLength ? LengthOf(parent) : FindElement(in context[parent], segment.Index);
                if (element != ContextNode.None)
                {
                    FillWalk(index, cells, seen, found, element);
                }
            }

            return;
        }

        for (int child = context[parent].FirstChild; child != ContextNode.None; child = context[child].NextSibling)
        {
            // Newest first: what was seen under this name came later.
            ref readonly ContextNode node = ref context[child];
            if (names.TryFind(context.Text(node.NameStart, node.NameLength), out int found) && !seen[found])
            {
                seen[found] = true;
                FillWalk(index, cells, seen, found, child);
            }
        }
    }

    private void FillWalk(AttributeIndex index, Span<AttributeCell> cells, Span<bool> seen, int found, int handle)
    {
        AttributeIndex.Node names = index.NodeOf(found);
        FillCell(index, cells, names.ExactSlot, handle);
        FillCell(index, cells, names.DottedSlot, handle);
        if (names.Children.Count > 0 && (handle & LengthFlag) == 0
            && context[handle].Kind is ContextValueKind.Object or ContextValueKind.Array)
        {
            FillWalks(index, cells, seen, names, handle);
        }
    }

    private void FillCell(AttributeIndex index, Span<AttributeCell> cells, int slot, int handle)
    {
        // What is there came later, or is an attribute of the whole name, which comes before a walk.
        if (slot != AttributeIndex.NoSlot && cells[slot].Kind == ContextValueKind.Missing)
        {
            cells[slot] = AttributeCell.Of(index, slot, handle, Get(handle));
        }
    }

    private int FindChild(int parent, string name)
    {
        int child = context[parent].FirstChild;
        while (child != ContextNode.None)
        {
            ref readonly ContextNode node = ref context[child];
            if (context.Text(node.NameStart, node.NameLength).SequenceEqual(name))
            {
                break;
            }

            child = node.NextSibling;
        }

        return child;
    }

    private int FindElement(ref readonly ContextNode array, int index)
    {
        if (index < 0 || index >= array.ChildCount)
        {
            return ContextNode.None;
        }

        int element = array.FirstChild;
        for (int steps = array.ChildCount - 1 - index; steps > 0; steps--)
        {
            element = context[element].NextSibling;
        }

        return element;
    }
}
