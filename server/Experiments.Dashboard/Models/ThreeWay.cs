using System.Text.Json;

namespace Experiments.Dashboard.Models;

/// <summary>
/// Merges what two people made of the same thing, part by part: what only one of them changed is taken from that one; where both did, mine
/// stays and is said.
/// </summary>
public sealed class ThreeWay
{
    private readonly List<string> _theirs = [];
    private readonly List<string> _both = [];

    /// <summary>Parts that only they changed, in words.</summary>
    public IReadOnlyList<string> Theirs => _theirs;

    /// <summary>Parts of which each of the two made something else, in words.</summary>
    public IReadOnlyList<string> Both => _both;

    /// <summary>Whether they changed nothing of what is edited here, so that there is nothing to choose.</summary>
    public bool IsEmpty => _theirs.Count == 0 && _both.Count == 0;

    /// <summary>One part.</summary>
    /// <param name="part">In words, such as <c>the name</c>.</param>
    /// <param name="first">What both began with.</param>
    /// <param name="mine">What I made of it.</param>
    /// <param name="theirs">What they made of it.</param>
    public T Pick<T>(string part, T first, T mine, T theirs) => Pick(part, static whole => whole, first, mine, theirs);

    /// <summary>The one of two wholes whose part is taken.</summary>
    /// <param name="part">In words.</param>
    /// <param name="of">The part of a whole that counts.</param>
    /// <param name="first">What both began with.</param>
    /// <param name="mine">What I made of it.</param>
    /// <param name="theirs">What they made of it.</param>
    public T Pick<T>(string part, Func<T, object?> of, T first, T mine, T theirs)
    {
        ArgumentNullException.ThrowIfNull(of);
        (string start, string own, string other) = (Text(of(first)), Text(of(mine)), Text(of(theirs)));
        if (other == start || other == own)
        {
            return mine;
        }

        bool isMine = own != start;
        (isMine ? _both : _theirs).Add(part);
        return isMine ? mine : theirs;
    }

    /// <summary>A list whose items have an identity each: items are merged one by one, and so is what was added, removed and moved.</summary>
    /// <param name="order">That of the items, in words.</param>
    /// <param name="part">An item in words.</param>
    /// <param name="identity">Tells an item from the others in all three lists.</param>
    /// <param name="first">What both began with.</param>
    /// <param name="mine">What I made of it.</param>
    /// <param name="theirs">What they made of it.</param>
    /// <param name="merge">Of first, mine and theirs of one item; without it an item is one part.</param>
    public List<T> PickEach<T>(
        string order, Func<T, string> part, Func<T, string> identity, IReadOnlyList<T> first, IReadOnlyList<T> mine, IReadOnlyList<T> theirs, Func<T, T, T, T>? merge = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(part);
        Dictionary<string, T> start = ByIdentity(first, identity), own = ByIdentity(mine, identity), other = ByIdentity(theirs, identity);

        // Theirs leads where only they moved something.
        (bool isMine, bool isTheirs) = (IsMoved(start, own), IsMoved(start, other));
        if (isTheirs)
        {
            (isMine ? _both : _theirs).Add(order);
        }

        List<T> merged = [];
        foreach (string id in isTheirs && !isMine ? Woven(other.Keys, own.Keys) : Woven(own.Keys, other.Keys))
        {
            (T? begun, T? ofMine, T? ofTheirs) = (start.GetValueOrDefault(id), own.GetValueOrDefault(id), other.GetValueOrDefault(id));
            T? taken = (begun, ofMine, ofTheirs) switch
            {
                (_, { } one, { } another) => begun is null || merge is null ? Pick(part(one), begun, one, another) : merge(begun, one, another),
                (null, { } added, null) => added,
                _ => Pick(part((ofMine ?? ofTheirs)!), begun, ofMine, ofTheirs),
            };
            if (taken is not null)
            {
                merged.Add(taken);
            }
        }

        return merged;
    }

    /// <summary>Whether two parts say the same.</summary>
    public static bool AreSame(object? one, object? another) => Text(one) == Text(another);

    // In their order. What is not named yet, or twice by the same name, is told apart by its place among its likes.
    private static Dictionary<string, T> ByIdentity<T>(IReadOnlyList<T> list, Func<T, string> identity)
    {
        Dictionary<string, int> likes = new(StringComparer.Ordinal);
        Dictionary<string, T> found = new(StringComparer.Ordinal);
        foreach (T item in list)
        {
            string id = identity(item);
            int count = likes[id] = likes.GetValueOrDefault(id) + 1;
            found.Add(FormattableString.Invariant($"{count} {id}"), item);
        }

        return found;
    }

    private static bool IsMoved<T>(Dictionary<string, T> first, Dictionary<string, T> list) =>
        !first.Keys.Where(list.ContainsKey).SequenceEqual(list.Keys.Where(first.ContainsKey), StringComparer.Ordinal);

    /// <summary>The leading order, and what only the other one has behind what it follows there: a rule above a rule for everyone stays above it.</summary>
    private static LinkedList<string> Woven(IEnumerable<string> leading, IEnumerable<string> other)
    {
        LinkedList<string> order = new(leading);
        Dictionary<string, LinkedListNode<string>> nodes = new(StringComparer.Ordinal);
        for (LinkedListNode<string>? node = order.First; node is not null; node = node.Next)
        {
            nodes[node.Value] = node;
        }

        LinkedListNode<string>? before = null;
        foreach (string id in other)
        {
            if (!nodes.TryGetValue(id, out LinkedListNode<string>? node))
            {
                node = nodes[id] = before is null ? order.AddFirst(id) : order.AddAfter(before, id);
            }

            before = node;
        }

        return order;
    }

    private static string Text(object? part) => JsonSerializer.Serialize(part);
}
