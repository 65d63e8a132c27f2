using System.Globalization;

namespace Experiments.Control.Auditing;

/// <summary>The resource is not the one that the caller saw; nothing was changed.</summary>
internal sealed class PreconditionFailedException(long revision) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"It was changed in the meantime: its ETag is \"{revision}\" now, which If-Match does not name. Read it again and repeat the change."));
