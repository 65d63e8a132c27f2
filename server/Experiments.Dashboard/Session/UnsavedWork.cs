namespace Experiments.Dashboard.Session;

/// <summary>Which forms of a tab hold what is not stored, so that leaving them is asked about first. One for each circuit.</summary>
internal sealed class UnsavedWork
{
    private readonly HashSet<object> _forms = [];

    public bool IsAny => _forms.Count > 0;

    /// <summary><see cref="IsAny"/> is another.</summary>
    public event EventHandler? Changed;

    public void Set(object form, bool isUnsaved)
    {
        bool wasAny = IsAny;
        _ = isUnsaved ? _forms.Add(form) : _forms.Remove(form);
        if (IsAny != wasAny)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Nothing is lost from here on: it was stored, or is gone with what it was of.</summary>
    public void Forget()
    {
        if (IsAny)
        {
            _forms.Clear();
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }
}
