using System.Diagnostics.CodeAnalysis;

namespace Experiments.Client.Targeting.Text;

/// <summary>The version of an operand, which versions of the context are compared to. Immutable.</summary>
internal sealed class SemanticVersion
{
    private readonly string _major;
    private readonly string _minor;
    private readonly string _patch;
    private readonly string _preRelease;

    private SemanticVersion(SemanticVersionParts parts)
    {
        _major = parts.Major.ToString();
        _minor = parts.Minor.ToString();
        _patch = parts.Patch.ToString();
        _preRelease = parts.PreRelease.ToString();
    }

    /// <param name="text">Strictly SemVer 2.0.0.</param>
    /// <param name="version">Null if the text is none.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = SemanticVersionParts.TryParse(text, out SemanticVersionParts parts) ? new SemanticVersion(parts) : null;
        return version is not null;
    }

    /// <summary>Compares another version to this one, by precedence: build metadata does not count.</summary>
    /// <param name="version">The text of the other version.</param>
    /// <param name="sign">-1 if the other version comes before this one, 1 if it comes after, 0 if neither or without an answer.</param>
    /// <returns>False if the text is no version.</returns>
    public bool TryCompare(ReadOnlySpan<char> version, out int sign)
    {
        sign = 0;
        if (!SemanticVersionParts.TryParse(version, out SemanticVersionParts other))
        {
            return false;
        }

        sign = other.Against(new SemanticVersionParts(_major, _minor, _patch, _preRelease));
        return true;
    }
}
