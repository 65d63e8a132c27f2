using System.Text;

namespace Experiments.Control.Api.Responses;

/// <summary>Text that quotes what callers sent, which may hold half of a surrogate pair: JSON has no way to say it.</summary>
internal static class WellFormedText
{
    /// <summary>With U+FFFD in the place of each half.</summary>
    public static string Of(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
