"""Signing in and out."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView


class SignInForm(AuthenticationForm):
    """Name and password; says plainly what to do when they do not fit."""

    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ "
        "gõ tiếng Việt rồi thử lại; nếu quên, hãy gọi người quản trị của cơ quan.",
        "inactive": "Tài khoản này đã bị khóa. Hãy gọi người quản trị của cơ quan.",
    }
    use_required_attribute = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.label_suffix = ""
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"
        for field in self.fields.values():
            field.error_messages["required"] = f"Hãy điền mục «{field.label}»."


class SignIn(LoginView):
    """The door for officials."""

    authentication_form = SignInForm
    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Ends the web session; media seats of it are released by the room."""
