namespace Experiments.Client;

/// <summary>
/// Remembers which variant a user got, for splits that keep it (<c>sticky</c>) although weights or coverage change. The SDK only reads;
/// filling the store is the caller's. Register one as a singleton service; without one such splits decide by bucket alone.
/// </summary>
public interface IStickyStore
{
    /// <summary>The value of an entry, or <see langword="null"/> where the user has none. Called during a decision: it must answer from
    /// memory, without blocking, and from any thread. What it throws counts as "none".</summary>
    /// <param name="userKey">The user.</param>
    /// <param name="entry">Key and version of the split, as <c>pricing__2</c>.</param>
    string? Find(string userKey, string entry);
}
