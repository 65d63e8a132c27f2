using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>The order of a list. What is equal by its column is newest first, whatever the direction.</summary>
internal readonly record struct DefinitionOrder(DefinitionColumn Column, bool IsDescending)
{
    /// <summary>The order of lists that ask for no other.</summary>
    public static DefinitionOrder Newest => new(DefinitionColumn.Created, IsDescending: true);

    public IEnumerable<T> Apply<T>(IEnumerable<T> definitions)
        where T : class, IDefinition => Column switch
        {
            // Names that differ in their case only have one order too, and it does not depend on the page.
            DefinitionColumn.Name => By(definitions, static one => DefinitionTraits.Of(one).Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(static one => one.UniqueName, StringComparer.Ordinal),
            DefinitionColumn.State => Newer(By(definitions, static one => DefinitionTraits.Of(one).State)),
            DefinitionColumn.Updated => Newer(By(definitions, static one => DefinitionTraits.Of(one).UpdatedAt)),
            _ when IsDescending => Newer(By(definitions, static one => one.CreatedAt)),
            _ => By(definitions, static one => one.CreatedAt).ThenBy(static one => one.Sequence),
        };

    private static IOrderedEnumerable<T> Newer<T>(IOrderedEnumerable<T> ordered)
        where T : class, IDefinition => ordered.ThenByDescending(static one => one.CreatedAt).ThenByDescending(static one => one.Sequence);

    private IOrderedEnumerable<T> By<T, TKey>(IEnumerable<T> definitions, Func<T, TKey> key, IComparer<TKey>? comparer = null) =>
        IsDescending ? definitions.OrderByDescending(key, comparer) : definitions.OrderBy(key, comparer);
}
