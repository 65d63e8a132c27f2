using MudBlazor;

namespace Experiments.Dashboard.Layout;

/// <summary>Colours, type and corners. The fonts are those of the machine: none is fetched.</summary>
internal static class DashboardTheme
{
    private static readonly string[] Fonts = ["Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#4f46e5",
            Secondary = "#0f766e",
            Success = "#15803d",
            Warning = "#b45309",
            Error = "#b91c1c",
            Info = "#1d4ed8",
            Background = "#fbfbfc",
            Surface = "#ffffff",
            AppbarBackground = "#fbfbfc",
            AppbarText = "#18181b",
            TextPrimary = "#18181b",
            TextSecondary = "#52525b",
            ActionDefault = "#52525b",
            LinesDefault = "#e4e4e7",
            LinesInputs = "#a1a1aa",
            Divider = "#e4e4e7",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#a5b4fc",
            PrimaryContrastText = "#1e1b4b",
            Secondary = "#5eead4",
            Success = "#4ade80",
            Warning = "#fbbf24",
            Error = "#f87171",
            Info = "#93c5fd",
            Background = "#0f0f11",
            Surface = "#18181b",
            AppbarBackground = "#0f0f11",
            AppbarText = "#f4f4f5",
            TextPrimary = "#f4f4f5",
            TextSecondary = "#a1a1aa",
            ActionDefault = "#a1a1aa",
            LinesDefault = "#2b2b30",
            LinesInputs = "#71717a",
            Divider = "#2b2b30",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "0.8125rem", FontWeight = "500", TextTransform = "none", LetterSpacing = "normal" },
        },
    };
}
