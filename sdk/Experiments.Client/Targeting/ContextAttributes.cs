namespace Experiments.Client.Targeting;

/// <summary>Attributes from a <see cref="DecisionContext"/>. A handle is the index of a node, or that of an array with
/// <see cref="LengthFlag"/> where the path asks for its length.</summary>
internal readonly struct ContextAttributes(DecisionContext context) : IAttributes
{
    private const int LengthFlag = 1 << 30;

    public int Find(AttributePath path)
    {
        int node = FindChild(DecisionContext.Root, path.Name);
        return node != ContextNode.None || path.Segments.Length == 0 ? node : Walk(path.Segments);
    }

    public AttributeValue Get(int handle)
    {
        ref readonly ContextNode node = ref context[handle & ~LengthFlag];
        return (handle & LengthFlag) != 0
            ? new AttributeValue(ContextValueKind.Number, node.ChildCount, default)
            : new AttributeValue(node.Kind, node.Number, context.Text(node.TextStart, node.TextLength));
    }

    private int Walk(AttributePath.Segment[] segments)
    {
        int current = DecisionContext.Root;
        for (int i = 0; i < segments.Length; i++)
        {
            ref readonly ContextNode node = ref context[current];
            if (node.Kind == ContextValueKind.Array && segments[i].IsLength)
            {
                // A number has no members: the path must end here.
                return i == segments.Length - 1 ? current | LengthFlag : IAttributes.Missing;
            }

            current = node.Kind switch
            {
                ContextValueKind.Object => FindChild(current, segments[i].Name),
                ContextValueKind.Array => FindElement(in node, segments[i].Index),
                _ => ContextNode.None,
            };
            if (current == ContextNode.None)
            {
                return IAttributes.Missing;
            }
        }

        return current;
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
