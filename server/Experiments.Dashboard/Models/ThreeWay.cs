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
        ArgumentNullException.ThrowIfNull(identity);
        T? In(IEnumerable<T> list, T item) => list.FirstOrDefault(one => identity(one) == identity(item));
        bool Moved(IReadOnlyList<T> list) => !first.Where(one => In(list, one) is not null).Select(identity)
            .SequenceEqual(list.Where(one => In(first, one) is not null).Select(identity), StringComparer.Ordinal);

        // Theirs leads where only they moved something.
        (bool isMine, bool isTheirs) = (Moved(mine), Moved(theirs));
        (IReadOnlyList<T> leading, IReadOnlyList<T> rest) = isTheirs && !isMine ? (theirs, mine) : (mine, theirs);
        if (isTheirs)
        {
            (isMine ? _both : _theirs).Add(order);
        }

        List<T> merged = [];
        foreach (T item in leading.Concat(rest.Where(one => In(leading, one) is null)))
        {
            (T? start, T? own, T? other) = (In(first, item), In(mine, item), In(theirs, item));
            T? taken = (start, own, other) switch
            {
                (_, { } a, { } b) => start is null || merge is null ? Pick(part(item), start, a, b) : merge(start, a, b),
                (null, { } added, null) => added,
                _ => Pick(part(item), start, own, other),
            };
            if (taken is not null)
            {
                merged.Add(taken);
            }
        }

        return merged;
    }

    private static string Text(object? part) => JsonSerializer.Serialize(part);
}
