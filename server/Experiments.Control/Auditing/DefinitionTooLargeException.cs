using System.Globalization;

namespace Experiments.Control.Auditing;

/// <summary>One definition would be larger than the history can keep; nothing was changed.</summary>
internal sealed class DefinitionTooLargeException(string message) : Exception(message)
{
    /// <summary>Bytes of JSON. The entry of a change holds it before and after, and the embedded store takes 16 MB for one entry.</summary>
    public const int MaxBytes = 6 * 1024 * 1024;

    /// <param name="name">What it is and which, such as <c>flag "new-nav"</c>.</param>
    /// <param name="bytes">Of JSON.</param>
    public DefinitionTooLargeException(string name, int bytes)
        : this(string.Create(CultureInfo.InvariantCulture, $"All of {name} would be {bytes} bytes of JSON; at most {MaxBytes} are allowed."))
    {
    }
}
