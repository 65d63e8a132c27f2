using System.Globalization;

namespace Experiments.Control.Auditing;

/// <summary>The resource is not the one that the caller saw; nothing was changed.</summary>
internal sealed class PreconditionFailedException(string message) : Exception(message)
{
    public PreconditionFailedException(long revision)
        : this(string.Create(
            CultureInfo.InvariantCulture,
            $"It was changed in the meantime: its ETag is \"{revision}\" now, which If-Match does not name. Read it again and repeat the change."))
    {
    }
}
