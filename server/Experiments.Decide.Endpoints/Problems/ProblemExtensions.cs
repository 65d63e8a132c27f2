using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Experiments.Decide.Endpoints.Problems;

/// <summary>Errors of every server of the product: see <see cref="ProblemService"/>.</summary>
internal static class ProblemExtensions
{
    /// <summary>Makes <c>TypedResults.Problem</c> and <see cref="IProblemDetailsService"/> write our errors. May be called before or after
    /// <c>AddProblemDetails</c>, which is then not needed.</summary>
    public static IServiceCollection AddExperimentsProblems(this IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<IProblemDetailsService, ProblemService>());
        services.AddExceptionHandler<ProblemExceptionHandler>();
        return services;
    }

    /// <summary>Gives a body to every error that has none, exceptions included. Call it before all other middleware.</summary>
    public static IApplicationBuilder UseExperimentsProblems(this IApplicationBuilder app)
    {
        // The exception handler is outermost: what it answers has a body, so the status code pages need not see it.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = static context => context.RequestServices.GetRequiredService<IProblemDetailsService>()
                .WriteAsync(new ProblemDetailsContext { HttpContext = context }).AsTask(),
        });
        return app.UseStatusCodePages();
    }
}
