using System.Text;

namespace Experiments.Dashboard.Models;

/// <summary>Keys from names, as a suggestion.</summary>
internal static class KeyWords
{
    private const int MaxLength = 128;

    /// <summary>Such as <c>checkout-button</c> of <c>Checkout button!</c>.</summary>
    public static string Of(string name)
    {
        var key = new StringBuilder();
        foreach (char c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '_')
            {
                key.Append(c);
            }
            else if (key.Length > 0 && key[^1] != '-')
            {
                key.Append('-');
            }
        }

        return key.ToString(0, Math.Min(key.Length, MaxLength)).Trim('-');
    }
}
