namespace Experiments.Client.Targeting;

/// <summary>
/// Attributes of one decision. Implemented by structs and used through a generic parameter only, so that every call is direct.
/// A handle is an integer, so that a span of them, one per attribute of the snapshot, can live on the stack.
/// </summary>
internal interface IAttributes
{
    /// <summary>Handle of an attribute that the context does not have.</summary>
    const int Missing = -1;

    int Find(AttributePath path);

    /// <param name="handle">What <see cref="Find"/> answered; not <see cref="Missing"/>.</param>
    AttributeValue Get(int handle);
}
